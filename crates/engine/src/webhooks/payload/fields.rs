//! Objects with many fields, most of them in families: a value, who set it, and what the feed said.

use riverbank_model::account::SetBy;
use serde::ser::{SerializeMap, Serializer};

/// Whether there is a value.
pub(super) trait Told {
    fn is_told(&self) -> bool {
        true
    }
}

impl<T> Told for Option<T> {
    fn is_told(&self) -> bool {
        self.is_some()
    }
}

impl Told for i64 {}
impl Told for &str {}
impl Told for riverbank_model::money::Money {}

/// Writes who set a value that is there, by name.
pub(super) fn set_by<S: Serializer>(
    map: &mut S::SerializeMap,
    names: [&'static str; 2],
    who: SetBy,
    is_told: bool,
) -> Result<(), S::Error> {
    let who = is_told.then(|| who.name());
    names.into_iter().try_for_each(|name| map.serialize_entry(name, &who))
}

/// Declares how an object with a `view` that has its `Provenance` is written, in the words of the answers of the API:
///
/// - `plain x = value` writes `x`;
/// - `fed x = value` and `system x = value` write `x` and who set it;
/// - `feed x = |facts| value` reads `x` from what is in force and from what the feed told, and writes `feed_x` as well;
/// - `nothing x` writes a null, since nothing sets `x` so far;
/// - `by_system x` writes who set `x`, and not `x`.
macro_rules! fields {
    ($type:ident, |$it:ident| { $($kind:ident $field:ident $(= $value:expr)?;)* }) => {
        impl serde::Serialize for $type<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let $it = self;
                let mut map = serializer.serialize_map(None)?;
                $($crate::webhooks::payload::fields::fields!(@ $kind map S $it $field $($value)?);)*
                map.end()
            }
        }
    };
    (@ plain $map:ident $s:ident $it:ident $field:ident $value:expr) => {
        $map.serialize_entry(stringify!($field), &$value)?
    };
    (@ nothing $map:ident $s:ident $it:ident $field:ident) => {
        $map.serialize_entry(stringify!($field), &())?
    };
    (@ feed $map:ident $s:ident $it:ident $field:ident $read:expr) => {
        let value = $crate::provenance::read($crate::provenance::Provenance::in_force($it.view), $read);
        $crate::webhooks::payload::fields::fields!(@told $map $s $it $field value Feed);
        let told = $crate::provenance::Provenance::told($it.view);
        let told = told.map(|told| $crate::provenance::read(told, $read));
        $map.serialize_entry(concat!("feed_", stringify!($field)), &told)?
    };
    (@ fed $map:ident $s:ident $it:ident $field:ident $value:expr) => {
        let value = $value;
        $crate::webhooks::payload::fields::fields!(@told $map $s $it $field value Feed)
    };
    (@ system $map:ident $s:ident $it:ident $field:ident $value:expr) => {
        let value = $value;
        $crate::webhooks::payload::fields::fields!(@told $map $s $it $field value System)
    };
    (@ by_system $map:ident $s:ident $it:ident $field:ident) => {
        $crate::webhooks::payload::fields::fields!(@by $map $s $it $field System true)
    };
    (@told $map:ident $s:ident $it:ident $field:ident $value:ident $who:ident) => {
        $map.serialize_entry(stringify!($field), &$value)?;
        let is_told = $crate::webhooks::payload::fields::Told::is_told(&$value);
        $crate::webhooks::payload::fields::fields!(@by $map $s $it $field $who is_told)
    };
    (@by $map:ident $s:ident $it:ident $field:ident $who:ident $is_told:expr) => {
        let usually = riverbank_model::account::SetBy::$who;
        let who = $crate::provenance::Provenance::set_by($it.view, stringify!($field), usually);
        $crate::webhooks::payload::fields::set_by::<$s>(
            &mut $map,
            [concat!(stringify!($field), "_set_by"), concat!(stringify!($field), "_set_by_name")],
            who,
            $is_told,
        )?
    };
}
pub(super) use fields;
