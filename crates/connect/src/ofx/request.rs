//! Requests: pure, from what is wanted to bytes (OFX 2.2: sign-on 2.5.1.2, account list 8.5.1, profile 7.1.5,
//! statements 11.4.2.1, 11.4.3.1 and 13.9.1.2).

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use riverbank_model::secret::ExposeSecret as _;
use riverbank_model::{SecretText, leaving_no_trace};
use sha2::{Digest as _, Sha256};

use super::read::{AccountKey, AccountKind};
use super::settings::Settings;
use super::write::{Aggregate, write};

/// The login of a request that needs none (OFX 2.2, 2.5.1): `anonymous`, filled to 32 characters.
const ANONYMOUS: &str = "anonymous00000000000000000000000";
/// Before any institution had anything to tell.
const LONG_AGO: &str = "19900101";

/// Ids that differ for each request and are the same when the same visit is made again.
pub(super) struct Uids {
    /// The parts, each with its length before it; the login is one of them.
    origin: Vec<u8>,
    count: u64,
}

impl fmt::Debug for Uids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Uids").field("count", &self.count).finish_non_exhaustive()
    }
}

impl Uids {
    /// Ids that depend on all of these parts.
    pub(super) fn new(parts: &[&str]) -> Self {
        let with_length = |part: &&str| [&part.len().to_le_bytes()[..], part.as_bytes()].concat();
        Self { origin: parts.iter().flat_map(with_length).collect(), count: 0 }
    }

    /// The next id, of 36 characters, as the format demands at most.
    pub(super) fn next(&mut self) -> String {
        self.count += 1;
        let count = self.count.to_le_bytes();
        let digest =
            leaving_no_trace(|| Sha256::new().chain_update(&self.origin).chain_update(count).finalize());
        let number = digest.iter().take(16).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        let hex = format!("{number:032x}");
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }
}

/// Who signs on, and with what.
pub(super) struct SignOn<'a> {
    pub(super) user: &'a SecretText,
    pub(super) password: &'a SecretText,
    /// Stands for user and password once it has been given.
    pub(super) user_key: Option<&'a str>,
    pub(super) session_cookie: Option<&'a str>,
    pub(super) client_uid: Option<&'a str>,
    pub(super) token: Option<&'a str>,
    pub(super) access_key: Option<&'a str>,
    /// Ids of questions and their answers.
    pub(super) answers: &'a [(String, String)],
}

/// What every request has: the institution, the time, and a source of ids.
#[derive(Debug)]
pub(super) struct Requests<'a> {
    pub(super) settings: &'a Settings,
    pub(super) now: Timestamp,
    pub(super) uids: Uids,
}

impl Requests<'_> {
    /// What the institution can do; asked without a login.
    pub(super) fn profile(&mut self) -> Vec<u8> {
        let sign_on = self.sign_on_head().value("USERID", ANONYMOUS).value("USERPASS", ANONYMOUS);
        let sign_on = self.sign_on_tail(sign_on, None, None);
        let wrapper = self
            .wrapper("PROFTRNRQ")
            .with(Aggregate::new("PROFRQ").value("CLIENTROUTING", "NONE").value("DTPROFUP", LONG_AGO));
        self.document([
            Aggregate::new("SIGNONMSGSRQV1").with(sign_on),
            Aggregate::new("PROFMSGSRQV1").with(wrapper),
        ])
    }

    /// The questions of the second factor.
    pub(super) fn questions(&mut self, sign_on: &SignOn<'_>) -> Vec<u8> {
        let signed = self.signed(sign_on);
        let now = date_time(self.now);
        let wrapper =
            self.wrapper("MFACHALLENGETRNRQ").with(Aggregate::new("MFACHALLENGERQ").value("DTCLIENT", now));
        self.document([Aggregate::new("SIGNONMSGSRQV1").with(signed).with(wrapper)])
    }

    /// The accounts of the login.
    pub(super) fn accounts(&mut self, sign_on: &SignOn<'_>) -> Vec<u8> {
        let signed = self.signed(sign_on);
        let wrapper =
            self.wrapper("ACCTINFOTRNRQ").with(Aggregate::new("ACCTINFORQ").value("DTACCTUP", LONG_AGO));
        self.document([
            Aggregate::new("SIGNONMSGSRQV1").with(signed),
            Aggregate::new("SIGNUPMSGSRQV1").with(wrapper),
        ])
    }

    /// The statements of these accounts: transactions from a day on, if any, and positions.
    pub(super) fn statements<'k>(
        &mut self,
        sign_on: &SignOn<'_>,
        accounts: impl IntoIterator<Item = &'k AccountKey>,
        from: Option<Date>,
        positions: bool,
    ) -> Vec<u8> {
        let signed = self.signed(sign_on);
        let mut sets = [
            (AccountKind::Bank, "BANKMSGSRQV1", Vec::new()),
            (AccountKind::CreditCard, "CREDITCARDMSGSRQV1", Vec::new()),
            (AccountKind::Investment, "INVSTMTMSGSRQV1", Vec::new()),
        ];
        for account in accounts {
            let request = match account.kind {
                AccountKind::Bank => {
                    let request =
                        Aggregate::new("STMTRQ").with(self.bank_account(account)).with(transactions(from));
                    self.wrapper("STMTTRNRQ").with(request)
                }
                AccountKind::CreditCard => {
                    let key = Aggregate::new("CCACCTFROM").value("ACCTID", &account.number);
                    let request = Aggregate::new("CCSTMTRQ").with(key).with(transactions(from));
                    self.wrapper("CCSTMTTRNRQ").with(request)
                }
                AccountKind::Investment => {
                    let request = self.investment_request(account, from, positions);
                    self.wrapper("INVSTMTTRNRQ").with(request)
                }
            };
            for (kind, _, requests) in &mut sets {
                if *kind == account.kind {
                    requests.push(request.clone());
                }
            }
        }
        let sets = sets
            .into_iter()
            .filter(|(_, _, requests)| !requests.is_empty())
            .map(|(_, name, requests)| Aggregate::new(name).with_all(requests));
        let head = Aggregate::new("SIGNONMSGSRQV1").with(signed);
        self.document(std::iter::once(head).chain(sets))
    }

    fn bank_account(&self, account: &AccountKey) -> Aggregate {
        let bank_id = account.institution.as_deref().or(self.settings.bank_id.as_deref());
        Aggregate::new("BANKACCTFROM")
            .value("BANKID", bank_id.unwrap_or_default())
            .maybe("BRANCHID", account.branch.as_deref())
            .value("ACCTID", &account.number)
            .value("ACCTTYPE", account.account_type.as_deref().unwrap_or("CHECKING"))
    }

    fn investment_request(&self, account: &AccountKey, from: Option<Date>, positions: bool) -> Aggregate {
        let broker_id = account.institution.as_deref().or(self.settings.broker_id.as_deref());
        Aggregate::new("INVSTMTRQ")
            .with(
                Aggregate::new("INVACCTFROM")
                    .value("BROKERID", broker_id.unwrap_or_default())
                    .value("ACCTID", &account.number),
            )
            .with(transactions(from))
            .value("INCOO", "N")
            .with(Aggregate::new("INCPOS").value("INCLUDE", yes(positions)))
            .value("INCBAL", "Y")
    }

    fn sign_on_head(&self) -> Aggregate {
        Aggregate::new("SONRQ").value("DTCLIENT", date_time(self.now))
    }

    /// What follows the login: language, institution, application.
    fn sign_on_tail(
        &self,
        head: Aggregate,
        session_cookie: Option<&str>,
        client_uid: Option<&str>,
    ) -> Aggregate {
        let settings = self.settings;
        let mut sign_on = head.value("LANGUAGE", "ENG");
        if let Some(org) = &settings.org {
            sign_on =
                sign_on.with(Aggregate::new("FI").value("ORG", org).maybe("FID", settings.fid.as_deref()));
        }
        sign_on
            .maybe("SESSCOOKIE", session_cookie)
            .value("APPID", &settings.app_id)
            .value("APPVER", &settings.app_version)
            .maybe("CLIENTUID", client_uid)
    }

    fn signed(&self, sign_on: &SignOn<'_>) -> Aggregate {
        let head = match sign_on.user_key {
            Some(key) => self.sign_on_head().value("USERKEY", key),
            None => self
                .sign_on_head()
                .value("USERID", sign_on.user.expose_secret())
                .value("USERPASS", sign_on.password.expose_secret()),
        };
        self.sign_on_tail(head, sign_on.session_cookie, sign_on.client_uid)
            .maybe("AUTHTOKEN", sign_on.token)
            .maybe("ACCESSKEY", sign_on.access_key)
            .with_all(sign_on.answers.iter().map(|(id, answer)| {
                Aggregate::new("MFACHALLENGEA").value("MFAPHRASEID", id).value("MFAPHRASEA", answer)
            }))
    }

    fn wrapper(&mut self, name: &str) -> Aggregate {
        Aggregate::new(name).value("TRNUID", self.uids.next())
    }

    fn document(&mut self, sets: impl IntoIterator<Item = Aggregate>) -> Vec<u8> {
        let root = Aggregate::new("OFX").with_all(sets);
        write(self.settings.form(), &self.uids.next(), &root)
    }
}

fn transactions(from: Option<Date>) -> Aggregate {
    let from = from.map(|day| day.strftime("%Y%m%d").to_string());
    let include = yes(from.is_some());
    Aggregate::new("INCTRAN").maybe("DTSTART", from.as_deref()).value("INCLUDE", include)
}

fn yes(yes: bool) -> &'static str {
    if yes { "Y" } else { "N" }
}

/// A moment in GMT, which is what a date without a zone means.
pub(super) fn date_time(at: Timestamp) -> String {
    Offset::UTC.to_datetime(at).strftime("%Y%m%d%H%M%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::super::document::{Document, Node};
    use super::*;

    fn settings(more: &str) -> Settings {
        Settings::parse(&format!(
            "url = \"https://ofx.bank.example/\"\norg = \"Millrace\"\nfid = \"90210\"\n{more}"
        ))
        .unwrap()
    }

    fn requests(settings: &Settings) -> Requests<'_> {
        Requests {
            settings,
            now: "2026-03-02T08:30:00Z".parse().unwrap(),
            uids: Uids::new(&["seed", "user"]),
        }
    }

    fn sign_on<'a>(user: &'a SecretText, password: &'a SecretText) -> SignOn<'a> {
        SignOn {
            user,
            password,
            user_key: None,
            session_cookie: None,
            client_uid: None,
            token: None,
            access_key: None,
            answers: &[],
        }
    }

    #[test]
    fn a_request_says_who_asks_whom_when_and_for_what() {
        let settings = settings("");
        let (user, password) = (SecretText::from("anna"), SecretText::from("p<&>w"));
        let bytes = requests(&settings).accounts(&sign_on(&user, &password));
        let text = String::from_utf8(bytes).unwrap();
        let body = &text[text.find("<OFX>").unwrap()..];
        assert!(text.starts_with("OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\n"));
        let uid = requests(&settings).uids.next();
        assert_eq!(
            body,
            format!(
                "<OFX><SIGNONMSGSRQV1><SONRQ><DTCLIENT>20260302083000<USERID>anna<USERPASS>p&lt;&amp;&gt;w<LANGUAGE>ENG<FI><ORG>Millrace<FID>90210</FI><APPID>QWIN<APPVER>2700</SONRQ></SIGNONMSGSRQV1><SIGNUPMSGSRQV1><ACCTINFOTRNRQ><TRNUID>{uid}<ACCTINFORQ><DTACCTUP>19900101</ACCTINFORQ></ACCTINFOTRNRQ></SIGNUPMSGSRQV1></OFX>"
            )
        );
    }

    #[test]
    fn statements_are_asked_for_by_message_set_with_ids_that_differ() {
        let settings = settings("version = 203\nbank_id = \"071000013\"");
        let (user, password) = (SecretText::from("anna"), SecretText::from("x"));
        let key = |kind, number: &str| AccountKey {
            kind,
            institution: None,
            branch: None,
            number: number.to_owned(),
            account_type: None,
        };
        let accounts = [
            key(AccountKind::Investment, "I1"),
            key(AccountKind::Bank, "B1"),
            key(AccountKind::CreditCard, "C1"),
            key(AccountKind::Bank, "B2"),
        ];
        let from = Some(jiff::civil::date(2026, 2, 1));
        let bytes = requests(&settings).statements(&sign_on(&user, &password), &accounts, from, true);
        let document = Document::parse(&bytes).unwrap();
        let sets: Vec<String> = document.root().children().map(Node::name).collect();
        assert_eq!(sets, ["SIGNONMSGSRQV1", "BANKMSGSRQV1", "CREDITCARDMSGSRQV1", "INVSTMTMSGSRQV1"]);
        let values = |name: &str| -> Vec<String> {
            document.root().descendants().filter(|node| node.is(name)).filter_map(Node::text).collect()
        };
        assert_eq!(values("ACCTID"), ["B1", "B2", "C1", "I1"]);
        assert_eq!(values("BANKID"), ["071000013", "071000013"]);
        assert_eq!(values("DTSTART"), ["20260201"; 4]);
        let mut uids = values("TRNUID");
        uids.sort();
        uids.dedup();
        assert_eq!(uids.len(), 4);
    }

    #[test]
    fn a_key_stands_for_the_password_and_answers_go_along() {
        let settings = settings("version = 211");
        let (user, password) = (SecretText::from("anna"), SecretText::from("secret"));
        let answers = [("MFA13".to_owned(), "Otter".to_owned())];
        let sign_on = SignOn {
            user_key: Some("key"),
            session_cookie: Some("crumb"),
            token: Some("123456"),
            answers: &answers,
            ..sign_on(&user, &password)
        };
        let bytes = requests(&settings).accounts(&sign_on);
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("secret") && !text.contains("USERID"));
        assert!(text.contains("<USERKEY>key</USERKEY>"));
        assert!(text.contains("<SESSCOOKIE>crumb</SESSCOOKIE><APPID>"));
        assert!(text.contains(
            "<AUTHTOKEN>123456</AUTHTOKEN><MFACHALLENGEA><MFAPHRASEID>MFA13</MFAPHRASEID><MFAPHRASEA>Otter</MFAPHRASEA></MFACHALLENGEA></SONRQ>"
        ));
    }

    #[test]
    fn ids_depend_on_every_part_and_on_where_parts_end() {
        let id = |parts: &[&str]| Uids::new(parts).next();
        assert_eq!(id(&["a", "b"]), id(&["a", "b"]));
        assert_ne!(id(&["a", "b"]), id(&["ab", ""]));
        assert_eq!(id(&["a"]).len(), 36);
        let mut uids = Uids::new(&["a"]);
        assert_ne!(uids.next(), uids.next());
    }
}
