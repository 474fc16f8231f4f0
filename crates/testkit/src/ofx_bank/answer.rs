//! Answers, built from requests.

use jiff::civil::Date;
use riverbank_connect::ofx::AccountKind;
use riverbank_connect::ofx::document::{Document, Node};
use riverbank_connect::ofx::write::{Aggregate, Form, write};

use super::data::{ACCOUNTS, compact};
use super::logins::{self, ANSWER, Login, PASSWORD, TOKEN, TOKEN_LABEL};
use super::{FID, ORG, statement};

/// Given by [`Login::GivesKeys`].
const USER_KEY: &str = "KEY-5B1C";
/// Given by [`Login::AsksToken`].
const TOKEN_KEY: &str = "KEY-90D2";
/// Given by [`Login::GivesKeys`].
const SESSION_COOKIE: &str = "CRUMB-77";
/// The HTTP cookie of [`Login::GivesKeys`].
pub(super) const HTTP_COOKIE: &str = "lane=7";
/// Given by [`Login::AsksQuestions`].
const ACCESS_KEY: &str = "ACCESS-01";
/// The questions: one for the end user, and one for the client (MFA101, the date and time).
const QUESTIONS: [(&str, &str); 2] =
    [("BOAT", "What was your first boat called?"), ("MFA101", "Date and time")];

/// What goes back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) login: Option<Login>,
    pub(super) body: Vec<u8>,
    pub(super) fault: Option<String>,
}

/// How the sign-on ended.
struct SignedOn {
    login: Option<Login>,
    code: i64,
    extra: Vec<(&'static str, &'static str)>,
    fault: Option<String>,
}

/// Answers a request. `cookies` is the HTTP header.
pub(super) fn answer(request: &Document, cookies: &str, today: Date) -> Answer {
    let root = request.root();
    let version = request.header().version.as_deref().and_then(|version| version.parse().ok()).unwrap_or(102);
    let form = Form { version, close_tags: false, pretty: true };
    let signed_on = match root.find("SONRQ") {
        Some(sign_on) => sign(sign_on, root, cookies),
        None => SignedOn { login: None, code: 2000, extra: Vec::new(), fault: None },
    };
    let mut sign_on_set = Aggregate::new("SIGNONMSGSRSV1").with(sign_on_answer(&signed_on, today));
    let mut sets = Vec::new();
    if let Some(wrapper) = root.find("MFACHALLENGETRNRQ").filter(|_| signed_on.code == 3000) {
        let questions = QUESTIONS.map(|(id, label)| {
            Aggregate::new("MFACHALLENGE").value("MFAPHRASEID", id).value("MFAPHRASELABEL", label)
        });
        sign_on_set = sign_on_set.with(
            wrapped("MFACHALLENGETRNRS", wrapper, 0)
                .with(Aggregate::new("MFACHALLENGERS").with_all(questions)),
        );
    }
    if signed_on.code == 0 {
        sets.extend(message_sets(root, today));
    }
    let body = Aggregate::new("OFX").with(sign_on_set).with_all(sets);
    let file_uid = request.header().new_file_uid.as_deref().unwrap_or("NONE").to_owned();
    Answer { login: signed_on.login, body: write(form, &file_uid, &body), fault: signed_on.fault }
}

fn sign(sign_on: Node<'_>, root: Node<'_>, cookies: &str) -> SignedOn {
    let mut outcome = SignedOn { login: None, code: 15500, extra: Vec::new(), fault: None };
    let key = sign_on.value("USERKEY");
    let user = sign_on.value("USERID").unwrap_or_default();
    if root.find("PROFRQ").is_some() && user.starts_with("anonymous0") {
        outcome.code = 0;
        return outcome;
    }
    if key.as_deref() == Some(USER_KEY) {
        outcome.login = Some(Login::GivesKeys);
    } else if key.as_deref() == Some(TOKEN_KEY) {
        outcome.login = Some(Login::AsksToken);
    } else if sign_on.value("USERPASS").as_deref() == Some(PASSWORD) {
        outcome.login = logins::find(&user);
    }
    outcome.code = match outcome.login {
        None => 15500,
        Some(Login::Refuses(code)) => code,
        Some(Login::GivesKeys) => {
            if key.is_none() {
                outcome.extra = vec![("USERKEY", USER_KEY), ("SESSCOOKIE", SESSION_COOKIE)];
            } else if sign_on.value("SESSCOOKIE").as_deref() != Some(SESSION_COOKIE) {
                outcome.fault = Some("the session cookie did not come back".to_owned());
            } else if cookies != HTTP_COOKIE {
                outcome.fault = Some("the HTTP cookie did not come back".to_owned());
            }
            0
        }
        Some(Login::AsksQuestions) => asked(sign_on, &mut outcome),
        Some(Login::AsksToken) if key.is_some() => 0,
        Some(Login::AsksToken) => match sign_on.value("AUTHTOKEN").as_deref() {
            None => 15512,
            Some(TOKEN) => {
                outcome.extra = vec![("USERKEY", TOKEN_KEY)];
                0
            }
            Some(_) => 15513,
        },
        Some(_) => 0,
    };
    outcome
}

/// The second factor: an access key, or the right answers.
fn asked(sign_on: Node<'_>, outcome: &mut SignedOn) -> i64 {
    if sign_on.value("ACCESSKEY").as_deref() == Some(ACCESS_KEY) {
        return 0;
    }
    let answers: Vec<(String, String)> = sign_on
        .descendants()
        .filter(|node| node.is("MFACHALLENGEA"))
        .filter_map(|node| Some((node.value("MFAPHRASEID")?, node.value("MFAPHRASEA")?)))
        .collect();
    if answers.is_empty() {
        return 3000;
    }
    let is_right = QUESTIONS.iter().all(|(id, _)| {
        answers.iter().any(|(answered, answer)| {
            answered == id && (answer == ANSWER || (*id == "MFA101" && answer.len() == 14))
        })
    });
    if !is_right {
        return 3001;
    }
    outcome.extra = vec![("ACCESSKEY", ACCESS_KEY)];
    0
}

fn sign_on_answer(signed_on: &SignedOn, today: Date) -> Aggregate {
    let mut answer = Aggregate::new("SONRS")
        .with(status(signed_on.code))
        .value("DTSERVER", format!("{}120000", compact(today)));
    for (name, value) in signed_on.extra.iter().filter(|(name, _)| *name == "USERKEY") {
        answer = answer.value(name, *value);
    }
    answer = answer.value("LANGUAGE", "ENG").with(Aggregate::new("FI").value("ORG", ORG).value("FID", FID));
    for (name, value) in signed_on.extra.iter().filter(|(name, _)| *name != "USERKEY") {
        answer = answer.value(name, *value);
    }
    answer
}

fn status(code: i64) -> Aggregate {
    let severity = if matches!(code, 0 | 15000) { "INFO" } else { "ERROR" };
    Aggregate::new("STATUS").value("CODE", code.to_string()).value("SEVERITY", severity)
}

/// The wrapper of the answer to a wrapped request.
pub(super) fn wrapped(name: &str, request: Node<'_>, code: i64) -> Aggregate {
    Aggregate::new(name).value("TRNUID", request.value("TRNUID").unwrap_or_default()).with(status(code))
}

fn message_sets(root: Node<'_>, today: Date) -> Vec<Aggregate> {
    let mut sets = Vec::new();
    if let Some(wrapper) = root.find("ACCTINFOTRNRQ") {
        let list = Aggregate::new("ACCTINFORS")
            .value("DTACCTUP", compact(today))
            .with_all(ACCOUNTS.iter().map(statement::listed));
        sets.push(Aggregate::new("SIGNUPMSGSRSV1").with(wrapped("ACCTINFOTRNRS", wrapper, 0).with(list)));
    }
    for (request, answer, set, kind) in [
        ("STMTTRNRQ", "STMTTRNRS", "BANKMSGSRSV1", AccountKind::Bank),
        ("CCSTMTTRNRQ", "CCSTMTTRNRS", "CREDITCARDMSGSRSV1", AccountKind::CreditCard),
        ("INVSTMTTRNRQ", "INVSTMTTRNRS", "INVSTMTMSGSRSV1", AccountKind::Investment),
    ] {
        let answers: Vec<Aggregate> = root
            .descendants()
            .filter(|node| node.is(request))
            .map(|wrapper| statement::statement(wrapper, answer, kind, today))
            .collect();
        if !answers.is_empty() {
            sets.push(Aggregate::new(set).with_all(answers));
        }
    }
    if root.find("INVSTMTRQ").is_some() {
        let fund = Aggregate::new("SECINFO")
            .with(statement::security())
            .value("SECNAME", "Millrace Index Fund")
            .value("TICKER", "MLRCX");
        let list = Aggregate::new("SECLIST").with(Aggregate::new("MFINFO").with(fund));
        sets.push(Aggregate::new("SECLISTMSGSRSV1").with(list));
    }
    if let Some(wrapper) = root.find("PROFTRNRQ") {
        sets.push(Aggregate::new("PROFMSGSRSV1").with(wrapped("PROFTRNRS", wrapper, 0).with(profile(today))));
    }
    sets
}

/// What the bank can do: the sign-on, and how its passwords look.
fn profile(today: Date) -> Aggregate {
    let core = Aggregate::new("MSGSETCORE")
        .value("VER", "1")
        .value("URL", "https://ofx.millrace.example/")
        .value("OFXSEC", "NONE")
        .value("TRANSPSEC", "Y")
        .value("SIGNONREALM", "MILLRACE")
        .value("LANGUAGE", "ENG")
        .value("SYNCMODE", "LITE")
        .value("RESPFILEER", "N");
    let sign_on = Aggregate::new("SIGNONMSGSET").with(Aggregate::new("SIGNONMSGSETV1").with(core));
    let password = Aggregate::new("SIGNONINFO")
        .value("SIGNONREALM", "MILLRACE")
        .value("MIN", "6")
        .value("MAX", "32")
        .value("CHARTYPE", "ALPHAORNUMERIC")
        .value("CASESEN", "Y")
        .value("SPECIAL", "Y")
        .value("SPACES", "N")
        .value("PINCH", "N")
        .value("CLIENTUIDREQ", "N")
        .value("AUTHTOKENFIRST", "N")
        .value("AUTHTOKENLABEL", TOKEN_LABEL)
        .value("AUTHTOKENINFOURL", "https://millrace.example/token");
    Aggregate::new("PROFRS")
        .with(Aggregate::new("MSGSETLIST").with(sign_on))
        .with(Aggregate::new("SIGNONINFOLIST").with(password))
        .value("DTPROFUP", compact(today))
        .value("FINAME", ORG)
        .value("ADDR1", "1 Quay Street")
        .value("CITY", "Port Elm")
        .value("STATE", "ME")
        .value("POSTALCODE", "04000")
        .value("COUNTRY", "USA")
}
