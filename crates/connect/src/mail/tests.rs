use jiff::Timestamp;
use riverbank_model::guid::{DeliverableGuid, Guid as _, NotificationGuid, UserGuid};
use riverbank_model::notification::{Channel, NotificationType};
use riverbank_testkit::smtp_sink::{Letter, Reception, SmtpSink, Wire};

use super::*;

struct Machine;

impl MachineClock for Machine {
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn wall(&self) -> Timestamp {
        "2026-01-15T12:00:00Z".parse().unwrap()
    }
}

fn carrier(sink: &SmtpSink, login: &str, roots: &[Vec<u8>]) -> MailCarrier {
    let relay = sink.url(login).parse().unwrap();
    let sender = "Zoë's Bank <alerts@bank.example>".parse().unwrap();
    MailCarrier::new(&relay, sender, Arc::new(Machine), roots).unwrap()
}

async fn carried(carrier: &MailCarrier, to: &str, subject: &str, content: &str) -> Result<(), NotCarried> {
    let (guid, notification) =
        (DeliverableGuid::trusted("DNF-1".into()), NotificationGuid::trusted("NTF-1".into()));
    let parcel = Parcel {
        guid: &guid,
        notification_guid: &notification,
        notification_type: NotificationType::ApiNotification,
        channel: Channel::Email,
        user_guid: &UserGuid::trusted("USR-1".into()),
        user_id: "u",
        to: Some(to),
        subject,
        content,
    };
    carrier.carry(&parcel).await
}

fn only(sink: &SmtpSink) -> Letter {
    let mut letters = sink.letters();
    assert_eq!(letters.len(), 1);
    letters.remove(0)
}

#[tokio::test]
async fn a_letter_goes_over_every_wire_with_its_login() {
    for (wire, login) in [(Wire::Plain, ""), (Wire::StartTls, "ada:s%3Acret@"), (Wire::Tls, "ada:s%3Acret@")]
    {
        let sink = SmtpSink::start(wire).await.unwrap();
        let carrier = carrier(&sink, login, &[sink.certificate()]);
        carrier.greet().await.unwrap();
        carried(&carrier, "ada@example.com", "Hello", "<p>Hello</p>").await.unwrap();
        let letter = only(&sink);
        assert_eq!(
            (letter.from.as_str(), letter.to),
            ("alerts@bank.example", vec!["ada@example.com".to_owned()])
        );
        let expected = (!login.is_empty()).then(|| ("ada".to_owned(), "s:cret".to_owned()));
        assert_eq!(letter.login, expected, "{wire:?}");
    }
}

#[tokio::test]
async fn a_relay_with_a_certificate_of_nobody_is_told_nothing() {
    for wire in [Wire::StartTls, Wire::Tls] {
        let sink = SmtpSink::start(wire).await.unwrap();
        let carrier = carrier(&sink, "ada:secret@", &[]);
        let refused = carried(&carrier, "ada@example.com", "Hello", "<p>Hello</p>").await.unwrap_err();
        assert!(matches!(refused, NotCarried::ForNow { .. }), "{refused}");
        assert!(sink.letters().is_empty(), "{wire:?}");
    }
}

#[tokio::test]
async fn a_relay_without_starttls_is_not_spoken_to_in_the_open() {
    let sink = SmtpSink::start(Wire::Plain).await.unwrap();
    let address = sink.url("").replace("smtp+plain", "smtp");
    let relay = address.replace("//", "//ada:secret@").parse().unwrap();
    let carrier = MailCarrier::new(&relay, "a@b.example".parse().unwrap(), Arc::new(Machine), &[]).unwrap();
    assert!(carried(&carrier, "ada@example.com", "Hello", "x").await.is_err());
    assert!(sink.letters().is_empty());
}

#[tokio::test]
async fn what_is_said_of_the_letter_is_for_good_and_what_is_said_of_us_is_not() {
    let sink = SmtpSink::start(Wire::Tls).await.unwrap();
    let carrier = carrier(&sink, "ada:secret@", &[sink.certificate()]);
    for (reception, is_for_good) in [
        (Reception::Refuses("550 5.1.1 Nobody of that name".into()), true),
        (Reception::Refuses("552 5.3.4 Too large".into()), true),
        (Reception::Refuses("450 4.2.1 Busy".into()), false),
        (Reception::Refuses("530 5.7.0 Login needed".into()), false),
        (Reception::Refuses("503 5.5.1 Bad sequence of commands".into()), false),
        (Reception::Greets("554 5.3.2 No service here".into()), false),
        (Reception::Rejects("535 5.7.8 Wrong password".into()), false),
        (Reception::HangsUp, false),
    ] {
        sink.set(reception.clone());
        let refused = carried(&carrier, "ada@example.com", "Hello", "x").await.unwrap_err();
        assert_eq!(matches!(refused, NotCarried::ForGood(_)), is_for_good, "{reception:?}: {refused}");
        assert!(!refused.to_string().contains("secret"), "{refused}");
    }
}

#[tokio::test]
async fn a_relay_that_hangs_is_left() {
    let sink = SmtpSink::start(Wire::Plain).await.unwrap();
    sink.set(Reception::Hangs);
    let carrier = MailCarrier { limit: Duration::from_millis(200), ..carrier(&sink, "", &[]) };
    let refused = carried(&carrier, "ada@example.com", "Hello", "x").await.unwrap_err();
    assert_eq!(refused, NotCarried::for_now("the relay did not answer in time"));
}

#[tokio::test]
async fn a_letter_that_was_taken_is_carried_though_the_goodbye_is_not_answered() {
    let sink = SmtpSink::start(Wire::Plain).await.unwrap();
    sink.set(Reception::Lingers);
    let carrier = carrier(&sink, "", &[]);
    let (hello, letter) =
        tokio::join!(carrier.greet(), carried(&carrier, "ada@example.com", "Hello", "<p>Hello</p>"));
    assert_eq!((hello, letter), (Ok(()), Ok(())));
    assert_eq!(only(&sink).to, ["ada@example.com"]);
}

#[tokio::test]
async fn an_address_that_is_none_is_given_up_without_asking_anyone() {
    let sink = SmtpSink::start(Wire::Plain).await.unwrap();
    let carrier = carrier(&sink, "", &[]);
    for to in ["", "ada", "ada@example.com, eve@example.com", "ada@example.com\r\nRCPT TO:<eve@example.com>"]
    {
        let refused = carried(&carrier, to, "Hello", "x").await.unwrap_err();
        assert_eq!(refused, NotCarried::ForGood("the address cannot be used".into()), "{to}");
    }
    assert!(sink.letters().is_empty());
}

#[tokio::test]
async fn no_line_of_a_letter_ends_it_or_begins_a_header() {
    let sink = SmtpSink::start(Wire::Plain).await.unwrap();
    let carrier = carrier(&sink, "", &[]);
    let content = "<p>one</p>\r\n.\r\nRCPT TO:<eve@example.com>\r\nBcc: eve@example.com\r\n";
    carried(&carrier, "ada@example.com", "Zoë\r\nBcc: eve@example.com", content).await.unwrap();
    let letter = only(&sink);
    assert_eq!(letter.to, ["ada@example.com"]);
    assert!(!letter.headers().iter().any(|name| name.eq_ignore_ascii_case("bcc")), "{}", letter.data);
    assert!(letter.header("Subject").starts_with("=?utf-8?b?"), "{}", letter.header("Subject"));
    assert!(letter.data.contains("RCPT TO:<eve@example.com>"), "it stands in the body");
}
