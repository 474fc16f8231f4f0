use riverbank_enrich::catalogue::read;
use riverbank_model::account::AccountType;
use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionType;

use super::*;
use crate::Loaded;
use crate::testing::{Bench, on_both_engines};
use crate::transactions::spoken;

const FILE: &str =
    "[Groceries]\nStarbucks | SBX | starbucks.example\n@ | Provo | UT\nZo\u{eb}'s Mill | = ZOES MILL";

on_both_engines! {
    async fn what_an_operator_adds_is_listed_first_and_known_at_once(bench: &Bench) {
        let engine = &bench.engine;
        let before = engine.catalogue().await.unwrap().merchants().count();
        let merchants = read("mine.txt", FILE).0;
        let loaded = load(engine.store(), &merchants, engine.now()).await.unwrap();
        assert_eq!(loaded, Loaded { created: 2, ..Loaded::default() });
        let catalogue = engine.catalogue().await.unwrap();
        let known = catalogue.merchants();
        assert_eq!(known.count(), before + 1);
        let first: Vec<_> = known.page(0, 2).collect();
        let mut names: Vec<_> = first.iter().map(|view| &*view.merchant.name).collect();
        names.sort_unstable();
        assert_eq!(names, ["Starbucks", "Zo\u{eb}'s Mill"]);
        assert!(first.iter().all(|view| (view.created_at, view.updated_at) == (engine.now(), engine.now())));
        let told = spoken("SBX 8842 PROVO UT", None, TransactionType::Debit, Money::from_units(1));
        let found = known.enrich(&told, AccountType::Checking, &[]);
        let place = &merchants[0].locations[0];
        assert_eq!((&found.merchant, &found.location), (&Some(merchants[0].guid.clone()), &Some(place.guid.clone())));
        assert_eq!(known.location(&place.guid).unwrap().of.merchant, &merchants[0]);
    }

    async fn what_is_there_already_is_not_touched_and_what_is_written_reads_back(bench: &Bench) {
        let engine = &bench.engine;
        let made_at = engine.now();
        load(engine.store(), &read("mine.txt", FILE).0, made_at).await.unwrap();
        let written = export(engine.store()).await.unwrap();
        let (again, errors) = read("again.txt", &written);
        assert!(errors.is_empty(), "{errors:?}");
        let later = made_at + jiff::SignedDuration::from_secs(60);
        let loaded = load(engine.store(), &again, later).await.unwrap();
        assert_eq!(loaded, Loaded { unchanged: 2, ..Loaded::default() });
        let changed = read("mine.txt", &FILE.replace("SBX", "SBX, STRBX")).0;
        let loaded = load(engine.store(), &changed, later).await.unwrap();
        assert_eq!(loaded, Loaded { updated: 1, unchanged: 1, ..Loaded::default() });
        let catalogue = engine.catalogue().await.unwrap();
        let view = catalogue.merchants().merchant(&changed[0].guid).unwrap();
        assert_eq!((view.created_at, view.updated_at), (made_at, later));
        assert_eq!(view.merchant, &changed[0]);
    }
}
