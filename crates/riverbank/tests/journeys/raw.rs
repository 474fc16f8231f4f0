//! The database under a server, past the server: what an operator with a shell, or a thief, could do to it.

use riverbank_testkit::server::Server;
use rusqlite::Connection;
use tokio_postgres::NoTls;

/// The value of one column of one row.
pub async fn bytes(server: &Server, query: &str) -> Vec<u8> {
    let url = server.database_url();
    if url.starts_with("sqlite:") {
        let database = Connection::open(server.directory().join("riverbank.db")).unwrap();
        return database.query_row(query, [], |row| row.get(0)).unwrap();
    }
    postgres(&url).await.query_one(query, &[]).await.unwrap().get(0)
}

/// The texts of one column.
pub async fn texts(server: &Server, query: &str) -> Vec<String> {
    let url = server.database_url();
    if url.starts_with("sqlite:") {
        let database = Connection::open(server.directory().join("riverbank.db")).unwrap();
        let mut query = database.prepare(query).unwrap();
        return query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    }
    postgres(&url).await.query(query, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// Runs an update of one row with one parameter, `$1`.
pub async fn write(server: &Server, update: &str, value: &[u8]) {
    let url = server.database_url();
    let changed = if url.starts_with("sqlite:") {
        let database = Connection::open(server.directory().join("riverbank.db")).unwrap();
        database.execute(update, [value]).unwrap() as u64
    } else {
        postgres(&url).await.execute(update, &[&value]).await.unwrap()
    };
    assert_eq!(changed, 1, "{update}");
}

/// Flips a bit in the middle of one column of one row.
pub async fn flip(server: &Server, table: &str, column: &str, row: &str) {
    let mut value = bytes(server, &format!("select {column} from {table} where {row}")).await;
    let middle = value.len() / 2;
    value[middle] ^= 1;
    write(server, &format!("update {table} set {column} = $1 where {row}"), &value).await;
}

async fn postgres(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    // It ends with its client.
    tokio::spawn(connection);
    client
}

/// Runs a statement on a PostgreSQL database.
pub async fn run(server: &Server, statement: &str) {
    postgres(&server.database_url()).await.batch_execute(statement).await.unwrap();
}
