use riverbank_connect::catalogue::to_toml;
use riverbank_model::guid::InstitutionGuid;

use super::*;
use crate::testing::{Bench, on_both_engines};

/// Two institutions: `first` with a login and a password, `second` with a choice besides.
fn file(change: impl Fn(&str) -> String) -> Vec<CatalogueEntry> {
    let text = r#"
        [[institution]]
        code = "first"
        name = "First Bank"
        keywords = ["premier"]
        account_types = ["CHECKING", "MORTGAGE"]
        connector = "ofx"
        ofx = { url = "https://ofx.first.example/", org = "FIRST", fid = "1" }

        [[institution.credential]]
        field_name = "LOGIN"
        label = "User"
        type = "LOGIN"

        [[institution.credential]]
        field_name = "PASSWORD"
        label = "Password"
        type = "PASSWORD"

        [[institution]]
        code = "second"
        name = "Second Bank"
        connector = "ofx"
        ofx = { url = "https://ofx.second.example/", org = "SECOND", fid = "2" }

        [[institution.credential]]
        field_name = "LOGIN"
        label = "User"
        type = "LOGIN"

        [[institution.credential]]
        field_name = "PASSWORD"
        label = "Password"
        type = "PASSWORD"

        [[institution.credential]]
        field_name = "BRANCH"
        label = "Branch"
        type = "OPTIONS"
        optional = true
        options = [{ label = "North", value = "N" }, { label = "South", value = "S" }]
    "#;
    parse(&change(text)).unwrap()
}

async fn load_into(bench: &Bench, entries: &[CatalogueEntry]) -> Result<Loaded, LoadError> {
    load(bench.engine.store(), entries, bench.engine.now()).await
}

on_both_engines! {
    async fn what_is_there_already_is_not_touched(bench: &Bench) {
        let entries = file(str::to_owned);
        let loaded = load_into(bench, &entries).await.unwrap();
        assert_eq!(loaded, Loaded { created: 2, ..Loaded::default() });
        let before = bench.engine.catalogue().await.unwrap();
        bench.advance(60);
        let loaded = load_into(bench, &entries).await.unwrap();
        assert_eq!(loaded, Loaded { unchanged: 2, ..Loaded::default() });
        // The very same snapshot: nothing had to be read again.
        assert!(std::sync::Arc::ptr_eq(&before, &bench.engine.catalogue().await.unwrap()));
    }

    async fn a_change_of_a_field_is_one_of_its_institution(bench: &Bench) {
        load_into(bench, &file(str::to_owned)).await.unwrap();
        let before = bench.engine.catalogue().await.unwrap();
        bench.advance(60);
        let changed = file(|text| text.replacen("\"User\"", "\"Customer number\"", 1));
        let loaded = load_into(bench, &changed).await.unwrap();
        assert_eq!(loaded, Loaded { updated: 1, unchanged: 1, ..Loaded::default() });
        let after = bench.engine.catalogue().await.unwrap();
        let (old, new) = (before.by_code("first").unwrap(), after.by_code("first").unwrap());
        assert_eq!((new.created_at, new.updated_at), (old.created_at, bench.engine.now()));
        assert_eq!(new.credentials[0].label, "Customer number");
        assert_eq!(new.credentials[0].created_at, old.created_at);
        assert_eq!(new.credentials[1], old.credentials[1]);
        assert_eq!(after.by_code("second"), before.by_code("second"));
    }

    async fn a_field_that_vanished_is_removed_and_institutions_stay(bench: &Bench) {
        load_into(bench, &file(str::to_owned)).await.unwrap();
        let mut entries = file(str::to_owned);
        entries.remove(0);
        entries[0].credentials.pop();
        let loaded = load_into(bench, &entries).await.unwrap();
        assert_eq!(loaded, Loaded { updated: 1, ..Loaded::default() });
        let catalogue = bench.engine.catalogue().await.unwrap();
        let fields = &catalogue.by_code("second").unwrap().credentials;
        assert_eq!(fields.iter().map(|field| field.field_name.as_str()).collect::<Vec<_>>(), ["LOGIN", "PASSWORD"]);
        assert!(catalogue.by_code("first").is_some());
    }

    async fn an_export_is_what_was_loaded(bench: &Bench) {
        let entries = file(str::to_owned);
        load_into(bench, &entries).await.unwrap();
        let exported = export(bench.engine.store()).await.unwrap();
        assert_eq!(exported, entries);
        assert_eq!(parse(&to_toml(&exported).unwrap()).unwrap(), entries);
    }

    async fn a_code_belongs_to_one_institution_and_a_failed_load_leaves_nothing(bench: &Bench) {
        load_into(bench, &file(str::to_owned)).await.unwrap();
        let mut entries = file(|text| text.replace("First Bank", "Premier Bank"));
        let thief: InstitutionGuid = "INS-thief".parse().unwrap();
        entries[1].guid = thief.clone();
        let refused = load_into(bench, &entries).await;
        assert!(
            matches!(&refused, Err(LoadError::CodeTaken { code, guid, .. }) if code == "second" && *guid == thief),
            "{refused:?}"
        );
        let catalogue = bench.engine.catalogue().await.unwrap();
        assert_eq!(catalogue.by_code("first").unwrap().name, "First Bank");
    }

    async fn a_load_by_another_process_is_seen_at_the_next_look(bench: &Bench) {
        let other = bench.another_node().await;
        assert!(other.catalogue().await.unwrap().by_code("first").is_none());
        load_into(bench, &file(str::to_owned)).await.unwrap();
        assert!(other.known_catalogue().by_code("first").is_none());
        assert!(other.catalogue().await.unwrap().by_code("first").is_some());
        assert!(other.known_catalogue().by_code("first").is_some());
    }

    async fn the_test_banks_are_loaded_in_a_sandbox(bench: &Bench) {
        bench.engine.load_test_banks().await.unwrap();
        let catalogue = bench.engine.catalogue().await.unwrap();
        let guid = "INS-1572a04c-912b-59bf-5841-332c7dfafaef".parse().unwrap();
        let bank = catalogue.get(&guid).unwrap();
        assert_eq!((bank.code.as_str(), bank.is_test), ("mxbank", true));
        assert_eq!(bank.credentials[0].guid.as_str(), "CRD-9f61fb4c-912c-bd1e-b175-ccc7f0275cc1");
    }
}
