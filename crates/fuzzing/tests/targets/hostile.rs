//! Large inputs that are made to be slow: work must grow with their size and no faster.

use std::fs;
use std::time::Duration;

use riverbank_fuzzing::{ofx_sgml, requests, transaction};

/// Far more than these inputs take when the work grows with their size, also unoptimised; far less than they take when
/// it grows with the square.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long this thread has run, which does not depend on what else the machine does. Linux tells it.
fn running_time() -> Duration {
    let told =
        fs::read_to_string("/proc/thread-self/schedstat").expect("the running time of a thread, on Linux");
    Duration::from_nanos(
        told.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok()).expect("a number"),
    )
}

fn in_time(what: &str, run: impl FnOnce()) {
    let before = running_time();
    run();
    let taken = running_time().saturating_sub(before);
    assert!(taken < PATIENCE, "{what} takes {taken:?}");
}

/// `pattern` with the numbers from 0 on in place of its `#`.
fn numbered(pattern: &str, times: usize) -> String {
    (0..times).map(|number| pattern.replace('#', &number.to_string())).collect()
}

#[test]
fn ofx_is_read_in_time_that_grows_with_its_size() {
    let overlapping = numbered("<STMTTRN><TRNAMT>1<FITID>#", 10_000);
    let cases = [
        ("accounts", numbered("<STMTRS><ACCTID>#", 20_000)),
        (
            "accounts of one number",
            numbered("<STMTRS><BANKACCTFROM><BANKID>#<ACCTID>1</BANKACCTFROM>", 10_000),
        ),
        ("account list", numbered("<ACCTINFO><CCACCTINFO><ACCTID>#", 15_000)),
        (
            "overlapping statements",
            format!(
                "<STMTRS><ACCTID>1{overlapping}</STMTRS><STMTRS><ACCTID>1<MEMO>{overlapping}<STMTTRN><TRNAMT>2"
            ),
        ),
        (
            "statements of one account",
            format!(
                "<STMTRS><ACCTID>1{overlapping}{}",
                numbered("<STMTRS><ACCTID>1<STMTTRN><TRNAMT>#", 10_000)
            ),
        ),
        ("equal ids", "<STMTRS>".to_owned() + &"<STMTTRN><TRNAMT>1<FITID>a".repeat(20_000)),
        (
            "ids that look told apart",
            "<STMTRS>".to_owned()
                + &"<STMTTRN><TRNAMT>1<FITID>a<STMTTRN><TRNAMT>1<FITID>a#undated".repeat(10_000),
        ),
        ("strays", "<BUYDEBT><X>".repeat(40_000)),
        ("nested strays", ("<BUYDEBT>".repeat(60) + &"</BUYDEBT>".repeat(60)).repeat(300)),
        ("nested entries", "<ACCTINFO>".to_owned() + &"<BANKACCTINFO>".repeat(30_000)),
        ("positions", "<INVSTMTRS>".to_owned() + &"<POSSTOCK><SECID><UNIQUEID>1</SECID>".repeat(15_000)),
        ("open tags", "<A>".repeat(100_000)),
        ("long value", "<NAME>".to_owned() + &"&amp;<![CDATA[".repeat(30_000)),
        ("long header", "x".repeat(300_000)),
    ];
    for (what, text) in cases {
        in_time(what, || ofx_sgml(text.as_bytes()));
    }
}

#[test]
fn requests_are_answered_in_time_that_grows_with_their_size() {
    const HEAD: &str = "md-session-token: $session\n";
    let get = |query: &str| format!("GET /transactions?{query} HTTP/1.1\n{HEAD}\n");
    let post = |body: &str| format!("POST /members HTTP/1.1\n{HEAD}\n{body}");
    let credential = "{\"guid\":\"$login\",\"value\":\"x\"},";
    let cases = [
        ("parameters", get(&numbered("#=1&", 9_000))),
        ("one parameter", get(&"account_guid[]=ACT-1&".repeat(3_000))),
        ("depth", post(&"[".repeat(1_000_000))),
        ("fields", post(&format!("{{{}\"a\":1}}", numbered("\"#\":null,", 80_000)))),
        (
            "credentials",
            post(&format!(
                "{{\"institution_guid\":\"$institution\",\"credentials\":[{}{{}}]}}",
                credential.repeat(20_000)
            )),
        ),
        ("digits", post(&"9".repeat(1_000_000))),
        ("accept", format!("GET /members HTTP/1.1\n{HEAD}accept: {}\n\n", "a/b;q=0.1,".repeat(6_000))),
    ];
    for (what, request) in cases {
        in_time(what, || requests(request.as_bytes()));
    }
}

#[test]
fn a_transaction_is_enriched_in_time_that_grows_with_its_size() {
    for pattern in ["SQ *", "# ", "1 ", "a:", "www.", "\u{1e9e} "] {
        let lines = ["1", "20260101", &pattern.repeat(100_000), &pattern.repeat(100_000), "POS", "1"];
        in_time(pattern, || transaction(lines.join("\n").as_bytes()));
    }
}
