//! Where a page of a list begins. Lists are by time, the newest first, and each page begins where the one before ended: so the
//! thousandth costs what the first does.

use jiff::Timestamp;

use crate::form::Form;

/// Rows of a page.
pub(super) const ROWS: i64 = 50;

/// Where a page begins: at a moment, after so many rows of that very moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) until: Timestamp,
    pub(super) skip: i64,
}

impl Place {
    /// What an address asks for; the first page where that cannot be read.
    pub(super) fn of(query: &Form) -> Self {
        Self::of_list(query, Timestamp::MAX)
    }

    /// The same in a list that begins at this moment.
    pub(super) fn of_list(query: &Form, first: Timestamp) -> Self {
        let until =
            query.text("until").parse().ok().and_then(|micros| Timestamp::from_microsecond(micros).ok());
        let skip = query.text("skip").parse().ok().filter(|skip| *skip >= 0);
        until.map_or(Self { until: first, skip: 0 }, |until| Self { until, skip: skip.unwrap_or(0) })
    }

    /// Where the page after this one begins; none after the last.
    pub(super) fn next(self, times: &[Timestamp]) -> Option<Self> {
        let until = times.last().copied()?;
        let count = |count: usize| i64::try_from(count).unwrap_or(ROWS);
        if count(times.len()) < ROWS {
            return None;
        }
        let alike = count(times.iter().rev().take_while(|at| **at == until).count());
        let skip = if until == self.until { self.skip + alike } else { alike };
        Some(Self { until, skip })
    }

    pub(super) fn query(self) -> String {
        format!("until={}&skip={}", self.until.as_microsecond(), self.skip)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Place = Place { until: Timestamp::MAX, skip: 0 };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_next_page_begins_after_the_rows_that_were_shown_of_its_moment() {
        let rows = usize::try_from(ROWS).unwrap();
        assert_eq!(FIRST.next(&vec![at(9); rows - 1]), None);
        let alike = FIRST.next(&vec![at(9); rows]).unwrap();
        assert_eq!(alike, Place { until: at(9), skip: ROWS });
        assert_eq!(alike.next(&vec![at(9); rows]), Some(Place { until: at(9), skip: 2 * ROWS }));
        let mut times = vec![at(9); rows - 2];
        times.extend([at(8), at(8)]);
        assert_eq!(alike.next(&times), Some(Place { until: at(8), skip: 2 }));
    }

    #[test]
    fn a_place_stands_in_an_address_and_nonsense_is_the_first_page() {
        let place = Place { until: at(9), skip: 3 };
        let of = |query: Option<&str>| Place::of(&Form::of_query(query).ok().unwrap());
        assert_eq!(of(Some(&place.query())), place);
        for nonsense in [None, Some(""), Some("until=x"), Some("skip=4"), Some("until=99999999999999999999")]
        {
            assert_eq!(of(nonsense), FIRST, "{nonsense:?}");
        }
        assert_eq!(of(Some("until=9&skip=-1")).skip, 0);
    }
}
