//! The order of goals, in which what is set aside goes to them.

/// Things in their order after some of them were put at positions, from 1 and each taken once: those without one fill what is
/// left, in the order that they had, and none stands behind a gap.
pub(super) fn arranged<T>(things: Vec<T>, position: impl Fn(&T) -> Option<i64>) -> Vec<T> {
    let (mut placed, rest): (Vec<T>, Vec<T>) =
        things.into_iter().partition(|thing| position(thing).is_some());
    placed.sort_by_key(&position);
    let (mut placed, mut rest) = (placed.into_iter().peekable(), rest.into_iter());
    let at = |slot: i64| {
        let due = placed.next_if(|thing| position(thing) <= Some(slot));
        due.or_else(|| rest.next()).or_else(|| placed.next())
    };
    (1..).map_while(at).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn put(moves: &[(char, i64)]) -> String {
        let position = |thing: &char| moves.iter().find(|(moved, _)| moved == thing).map(|(_, to)| *to);
        arranged("abcd".chars().collect(), position).into_iter().collect()
    }

    #[test]
    fn what_is_moved_takes_its_place_and_the_rest_fills_up() {
        for (moves, order) in [
            (&[][..], "abcd"),
            (&[('d', 1)], "dabc"),
            (&[('a', 3)], "bcad"),
            (&[('a', 4), ('d', 1)], "dbca"),
            (&[('d', 2), ('c', 1)], "cdab"),
            (&[('a', 9), ('b', 7)], "cdba"),
            (&[('b', i64::MAX)], "acdb"),
            (&[('a', 4), ('b', 3), ('c', 2), ('d', 1)], "dcba"),
        ] {
            assert_eq!(put(moves), order, "{moves:?}");
        }
    }

    proptest! {
        #[test]
        fn an_arrangement_is_a_permutation_with_all_at_their_places(
            count in 1..20_usize,
            places in prop::collection::btree_map(0..20_usize, 1..20_i64, 0..20),
        ) {
            let mut taken = std::collections::BTreeSet::new();
            let places: Vec<_> = places
                .into_iter()
                .filter(|(thing, place)| {
                    *thing < count && usize::try_from(*place).unwrap() <= count && taken.insert(*place)
                })
                .collect();
            let position = |thing: &usize| places.iter().find(|(moved, _)| moved == thing).map(|(_, to)| *to);
            let order = arranged((0..count).collect(), position);
            for (thing, place) in &places {
                prop_assert_eq!(order[usize::try_from(*place).unwrap() - 1], *thing);
            }
            let rest: Vec<_> = order.iter().copied().filter(|thing| position(thing).is_none()).collect();
            prop_assert!(rest.is_sorted(), "{:?}", rest);
            let mut all = order;
            all.sort_unstable();
            prop_assert_eq!(all, (0..count).collect::<Vec<_>>());
        }
    }
}
