//! The bare limit of a read: an axum handler without middleware that reads SQLite and writes the same JSON as ours.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as PathPart, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use clap::Args;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, params};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::answer::{MEMBER, Object, TRANSACTION};
use super::process::{Process, free_port};
use crate::Outcome;

/// What the bare server is told.
#[derive(Args, Debug)]
pub struct BareArguments {
    /// The database that a server of ours wrote
    #[arg(long)]
    database: PathBuf,
    /// Whose rows are read
    #[arg(long)]
    user: String,
    /// Where it listens
    #[arg(long)]
    port: u16,
}

/// Starts one in a process of its own, reading a user's rows.
pub fn start(database: &Path, user: &str) -> Outcome<Process> {
    let port = free_port()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("bare").arg("--database").arg(database).args(["--user", user, "--port", &port.to_string()]);
    Process::start(&mut command, port, "/transactions")
}

/// Serves until it is killed.
pub fn serve(arguments: BareArguments) -> Outcome {
    Runtime::new()?.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", arguments.port)).await?;
        let routes = Router::new()
            .route("/members/{guid}", get(member))
            .route("/transactions", get(transactions))
            .with_state(Arc::new(arguments));
        Ok(axum::serve(listener, routes).await?)
    })
}

async fn member(State(bare): State<Arc<BareArguments>>, PathPart(guid): PathPart<String>) -> Response {
    #[derive(Serialize)]
    struct Body<'a> {
        member: Object<'a>,
    }
    answer(&bare.database, |connection| {
        let select = format!(
            "select {} from members where user_guid = ? and guid = ? and deleted_at is null",
            MEMBER.columns()
        );
        let mut statement = connection.prepare_cached(&select)?;
        let mut rows = statement.query(params![bare.user, guid])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(serde_json::to_vec(&Body { member: MEMBER.of(row) })))
    })
}

async fn transactions(State(bare): State<Arc<BareArguments>>) -> Response {
    answer(&bare.database, |connection| {
        let select = format!(
            "select {} from transactions indexed by transactions_by_date
            where user_guid = ? and deleted_at is null
            order by date desc, guid limit 100",
            TRANSACTION.columns()
        );
        let mut statement = connection.prepare_cached(&select)?;
        Ok(Some(TRANSACTION.page("transactions", statement.query(params![bare.user])?)?))
    })
}

/// Reads with the connection of this thread, without leaving it: a row takes less time than the way to another thread.
fn answer(
    database: &Path,
    read: impl FnOnce(&Connection) -> rusqlite::Result<Option<serde_json::Result<Vec<u8>>>>,
) -> Response {
    thread_local! {
        static CONNECTION: RefCell<Option<Connection>> = const { RefCell::new(None) };
    }
    let body = CONNECTION.with_borrow_mut(|connection| {
        let connection = match connection {
            Some(connection) => connection,
            None => connection.insert(open(database)?),
        };
        read(connection)
    });
    match body {
        Ok(Some(Ok(body))) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Ok(Some(Err(_))) | Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// With the settings of our readers.
fn open(database: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Else every statement is planned anew whenever another value is bound.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch("pragma cache_size = -8192; pragma query_only = on;")?;
    Ok(connection)
}
