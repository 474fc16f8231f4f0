//! The bare limit of a durable create on PostgreSQL: pgbench with the statements and round trips of our create.

use std::fmt::Write as _;
use std::process::Command;

use tempfile::NamedTempFile;
use tokio_postgres::{Client, NoTls};

use crate::Outcome;

/// Clients at once.
const CLIENTS: &str = "64";
/// Threads of pgbench: one for each core that it shares with PostgreSQL.
const THREADS: &str = "2";
/// What the ids of its users begin with; their numbers follow.
const USER: &str = "USR-of-pgbench-";

/// A script for pgbench on a database of our server.
pub struct Pgbench {
    url: String,
    script: NamedTempFile,
}

/// A connection that lives as long as the runtime.
pub async fn connect(url: &str) -> Outcome<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

impl Pgbench {
    /// The script of a create such as that of `member`, for `users` users that it makes.
    pub async fn like(url: &str, member: &str, users: u64) -> Outcome<Self> {
        let client = connect(url).await?;
        let user = format!("(select user_guid from members where guid = '{member}')");
        let copies = format!("generate_series(1, {users}) as n");
        for (table, of, with) in [
            (
                "users",
                format!("guid = {user}"),
                vec![("guid", format!("'{USER}' || n")), ("partner_id", "'pgbench-' || n".to_owned())],
            ),
            (
                "sessions",
                format!("user_guid = {user}"),
                vec![
                    ("user_guid", format!("'{USER}' || n")),
                    ("hash", "convert_to('pgbench-' || n, 'UTF8')".to_owned()),
                ],
            ),
        ] {
            let columns = columns(&client, table).await?;
            let value = |column: &String| {
                let replaced = with.iter().find(|(name, _)| name == column);
                replaced.map_or_else(|| format!("t.{column}"), |(_, expression)| expression.clone())
            };
            let values: Vec<_> = columns.iter().map(value).collect();
            let copy = format!(
                "insert into {table} ({}) select {} from (select * from {table} where {of} limit 1) t, {copies}",
                columns.join(", "),
                values.join(", ")
            );
            client.batch_execute(&copy).await?;
        }
        client.batch_execute("analyze").await?;
        let script = NamedTempFile::with_suffix(".sql")?;
        std::fs::write(script.path(), script_of(&client, member, users).await?)?;
        Ok(Self { url: url.to_owned(), script })
    }

    /// Runs it for so many seconds; the creates in a second.
    pub fn run(&self, seconds: u64) -> Outcome<f64> {
        let output = Command::new("pgbench")
            .args(["--no-vacuum", "--protocol=prepared", "--client", CLIENTS, "--jobs", THREADS])
            // A second more, since it counts the time of connecting.
            .args(["--time", &(seconds + 1).to_string(), "--file"])
            .arg(self.script.path())
            .arg(&self.url)
            .output()
            .map_err(|error| format!("pgbench: {error}"))?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let rate = rate(&printed).filter(|_| output.status.success());
        rate.ok_or_else(|| format!("no rate\n{printed}{}", String::from_utf8_lossy(&output.stderr)).into())
    }
}

/// Transactions in a second, as pgbench prints them.
fn rate(printed: &str) -> Option<f64> {
    let line = printed.lines().find_map(|line| line.strip_prefix("tps = "))?;
    line.split(' ').next()?.parse().ok()
}

/// The names of a table's columns.
pub(super) async fn columns(client: &Client, table: &str) -> Outcome<Vec<String>> {
    let columns = "select column_name::text from information_schema.columns where table_name = $1 order by ordinal_position";
    Ok(client.query(columns, &[&table]).await?.iter().map(|row| row.get(0)).collect())
}

/// What is asked before the transaction (whose session it is, whether the catalogue has changed), then the transaction:
/// the user's next number, a deleted twin, the member, its credentials sent together, the audit.
async fn script_of(client: &Client, member: &str, users: u64) -> Outcome<String> {
    let user = format!("'{USER}' || :user");
    let made = "'MBR-' || md5(cast(:unique as text))";
    let fingerprint = "decode(md5(cast(:unique as text)), 'hex')";
    let as_of_user: [(&str, &str); 1] = [("user_guid", &user)];
    let member_is = format!("guid = '{member}'");
    let inserted = insert(
        client,
        "members",
        &member_is,
        &[
            ("user_guid", &user),
            ("guid", made),
            ("number", ":children_made"),
            ("login_fingerprint", fingerprint),
        ],
    )
    .await?;
    let of_member = format!("member_guid = '{member}'");
    let with_member = [as_of_user[0], ("member_guid", made)];
    let credentials = insert(client, "member_credentials", &of_member, &with_member).await?;
    let audited = format!("subject = '{member}'");
    let audit = insert(client, "audit", &audited, &[as_of_user[0], ("subject", made)]).await?;
    let institution = format!("select institution_guid from members where {member_is}");
    let institution: String = client.query_one(&institution, &[]).await?.try_get(0)?;
    let all_columns = columns(client, "members").await?.join(", ");
    let mut script = format!(
        "\\set user random(1, {users})
\\set unique random(1, 9000000000000000000)
select s.user_guid, u.client_guid, s.used_at from sessions s join users u on u.guid = s.user_guid join clients c on c.guid = u.client_guid where s.hash = convert_to('pgbench-' || :user, 'UTF8') and not c.is_disabled;
select version from catalogue;
begin;
update users set children_made = children_made + 1 where guid = {user} returning children_made \\gset
select {all_columns} from members where user_guid = {user} and institution_guid = '{institution}' and login_fingerprint = {fingerprint} and deleted_at is not null and login_fingerprint is not null order by deleted_at desc, number desc limit 1;
"
    );
    for statement in inserted {
        writeln!(script, "{statement}")?;
    }
    writeln!(script, "\\startpipeline")?;
    for statement in credentials {
        writeln!(
            script,
            "{} on conflict (user_guid, member_guid, credential_guid) do update set value = excluded.value, updated_at = excluded.updated_at;",
            statement.trim_end_matches(';')
        )?;
    }
    writeln!(script, "\\endpipeline")?;
    for statement in audit {
        writeln!(script, "{statement}")?;
    }
    writeln!(script, "commit;")?;
    Ok(script)
}

/// A statement for each row that fulfils the condition, with other expressions for some columns.
async fn insert(client: &Client, table: &str, of: &str, with: &[(&str, &str)]) -> Outcome<Vec<String>> {
    let columns = columns(client, table).await?;
    let literals: Vec<_> = columns.iter().map(|column| format!("quote_nullable({column})")).collect();
    let rows = client.query(&format!("select {} from {table} where {of}", literals.join(", ")), &[]).await?;
    let mut statements = Vec::new();
    for row in rows {
        let mut values = Vec::new();
        for (place, column) in columns.iter().enumerate() {
            let replaced = with.iter().find(|(name, _)| name == column);
            values.push(match replaced {
                Some((_, expression)) => (*expression).to_owned(),
                None => without_variables(row.try_get(place)?),
            });
        }
        statements.push(format!(
            "insert into {table} ({}) values ({});",
            columns.join(", "),
            values.join(", ")
        ));
    }
    Ok(statements)
}

/// A literal in which pgbench sees none of its variables, which begin with a colon even within a text.
fn without_variables(literal: &str) -> String {
    literal.replace(':', "' || chr(58) || '")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_holds_no_colon() {
        assert_eq!(without_variables("'{\"a\":1}'"), "'{\"a\"' || chr(58) || '1}'");
    }

    #[test]
    fn the_rate_is_that_without_the_time_of_connecting() {
        let printed = "latency average = 20.1 ms\ninitial connection time = 60.5 ms\ntps = 3184.52 (without initial connection time)\n";
        assert_eq!(rate(printed), Some(3_184.52));
        assert_eq!(rate("pgbench: error"), None);
    }
}
