//! What users want to be alerted of, where that is not what all are.

use riverbank_model::guid::UserGuid;
use riverbank_model::notification::{Channels, NotificationType};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A setting as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AlertSetting {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// What it is about.
        pub notification_type: NotificationType,
        /// The mark, in whole units; none where there is none to set.
        pub threshold: Option<i64>,
        /// What an alert goes out over.
        pub channels: Channels,
    }
}

statements! {
    OF_USER: AlertSetting = "select {columns} from alert_settings where user_guid = $1 order by notification_type";
    UPSERT for AlertSetting = "insert into alert_settings ({columns}) values ({values})
        on conflict (user_guid, notification_type) do update set threshold = excluded.threshold,
        channels = excluded.channels";
}

/// The settings of a user.
pub async fn of_user(tx: &Tx, user: &UserGuid) -> Result<Vec<AlertSetting>, StoreError> {
    tx.query(&OF_USER, params![user]).await
}

/// Writes a setting over the one before.
pub async fn store(tx: &Tx, setting: &AlertSetting) -> Result<(), StoreError> {
    tx.execute(&UPSERT, &setting.values()).await.map(drop)
}
