use std::fs;

use riverbank_testkit::server::{Server, ServerOptions};

use super::{failure_of, prepared};

#[test]
fn a_backup_needs_a_database_and_overwrites_nothing() {
    let server = prepared(ServerOptions::default());
    let refused = failure_of(&server, &["backup", "copy.db"]);
    assert!(refused.contains("there is no database at riverbank.db"), "{refused}");
    assert_eq!(fs::read_dir(server.directory()).unwrap().count(), 0);

    server.run(&["migrate"]).unwrap();
    fs::write(server.directory().join("copy.db"), "mine").unwrap();
    let refused = failure_of(&server, &["backup", "copy.db"]);
    assert!(refused.contains("copy.db is there already"), "{refused}");
    assert_eq!(fs::read(server.directory().join("copy.db")).unwrap(), b"mine");
    let made = server.run(&["backup", "other.db"]).unwrap();
    assert!(made.contains("complete and checked\nNothing in it is sealed."), "{made}");
}

#[test]
fn a_backup_of_a_postgresql_database_is_left_to_its_own_tools() {
    let server = prepared(ServerOptions::on("postgres://bank:hidden@db.internal/bank"));
    let refused = failure_of(&server, &["backup", "copy.dump"]);
    let command = "pg_dump --format=custom --file=copy.dump 'postgres://bank@db.internal:5432/bank'";
    assert!(refused.contains(command), "{refused}");
}

#[test]
fn a_move_says_from_where_and_to_where() {
    let server = prepared(ServerOptions::default());
    let refused = failure_of(&server, &["migrate", "--from", "sqlite://riverbank.db"]);
    assert!(refused.contains("--to <URL>"), "{refused}");
    let refused = failure_of(&server, &["migrate", "--from", "sqlite://a.db", "--to", "sqlite://b.db"]);
    assert!(refused.contains("sqlite://a.db is no database of riverbank"), "{refused}");
}

#[test]
fn the_keyring_versions_that_a_backup_needs_are_told() {
    let mut server = Server::start(ServerOptions::default()).unwrap();
    let made = server.run(&["backup", "copy.db"]).unwrap();
    assert!(made.contains("It opens with keyring versions 1 only"), "{made}");
    server.stop().unwrap();
}
