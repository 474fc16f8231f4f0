use riverbank_model::notification::{Channel, Channels, NotificationType};

use super::*;
use crate::testing::{Bench, nobodys, on_both_engines};

fn set(notification_type: NotificationType) -> SetAlert {
    SetAlert { notification_type, threshold: None, channels: None }
}

on_both_engines! {
    async fn a_user_is_alerted_by_the_marks_of_the_reference_until_others_are_set(bench: &Bench) {
        let (engine, user) = (&bench.engine, bench.session("acme", "u").await.caller.user);
        let settings = engine.alert_settings(&user).await.unwrap().unwrap();
        let in_app: Channels = [Channel::InApp].into_iter().collect();
        assert!(settings.iter().all(|setting| setting.channels == in_app));
        let marks: Vec<_> = settings.iter().map(|one| (one.notification_type.id(), one.threshold)).collect();
        assert_eq!(marks, [
            (1, None), (2, None), (3, None), (6, Some(100)), (7, Some(500)), (8, Some(100)), (9, Some(0)),
        ]);
        let low = SetAlert { threshold: Some(50), ..set(NotificationType::AccountBalanceLow) };
        engine.set_alert(&user, low).await.unwrap();
        let mailed = Some("EMAIL,SMS".parse().unwrap());
        let low = SetAlert { channels: mailed, ..set(NotificationType::AccountBalanceLow) };
        engine.set_alert(&user, low).await.unwrap();
        let now = engine.alert_settings(&user).await.unwrap().unwrap();
        assert_eq!((now[3].threshold, Some(now[3].channels)), (Some(50), mailed), "what is not named stays");
        assert_eq!(now[4], settings[4]);
        let other = bench.session("acme", "v").await.caller.user;
        assert_eq!(engine.alert_settings(&other).await.unwrap().unwrap(), settings);
        assert_eq!(engine.alert_settings(&nobodys()).await.unwrap(), None);
    }

    async fn what_is_no_alert_or_no_mark_is_refused(bench: &Bench) {
        let (engine, user) = (&bench.engine, bench.session("acme", "u").await.caller.user);
        let welcome = engine.set_alert(&user, set(NotificationType::Welcome)).await;
        assert!(matches!(welcome, Err(SetAlertError::NoAlert(_))));
        let budget = SetAlert { threshold: Some(1), ..set(NotificationType::BudgetExceeded) };
        assert!(matches!(engine.set_alert(&user, budget).await, Err(SetAlertError::NoThreshold(_))));
        let fee = SetAlert { threshold: Some(-1), ..set(NotificationType::TransactionFeeCharge) };
        assert!(matches!(engine.set_alert(&user, fee).await, Err(SetAlertError::Negative)));
        let nobody = engine.set_alert(&nobodys(), set(NotificationType::TransactionFeeCharge)).await;
        assert!(matches!(nobody, Err(SetAlertError::NoUser)));
    }
}

#[test]
fn a_letter_shows_what_a_hostile_name_says_as_text() {
    let setting = AlertSetting {
        notification_type: NotificationType::TransactionFeeCharge,
        threshold: Some(0),
        channels: "EMAIL,SMS".parse().unwrap(),
    };
    let texts = setting.texts("A fee of $1.00: <img src=x onerror=alert(1)> & \"co\"");
    assert_eq!(texts[0].0, Channel::Email);
    assert!(texts[0].1.contains("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;co&quot;"), "{}", texts[0].1);
    assert_eq!(texts[1], (Channel::Sms, "A fee of $1.00: <img src=x onerror=alert(1)> & \"co\"".to_owned()));
}
