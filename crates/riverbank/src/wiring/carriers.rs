//! Who carries to users what they are told.

use std::sync::Arc;

use riverbank_connect::carrier::Carrier;
use riverbank_connect::mail::MailCarrier;
use riverbank_connect::transport::Client;
use riverbank_engine::deliverables::{Carriers, Gateway};
use riverbank_model::MachineClock;

use crate::config::{Config, Mail, MessageGateway};
use crate::failure::Failure;
use crate::system::SystemMachineClock;

/// The carriers that the configuration names.
pub fn carriers(config: &Config, client: &Client) -> Result<Carriers, Failure> {
    let email = config.mail.as_ref().map(by_mail).transpose()?;
    let gateway = config.message_gateway.as_ref().map(|gateway| by_gateway(gateway, client)).transpose()?;
    let gateway = gateway.map(|gateway| Arc::new(gateway) as Arc<dyn Carrier>);
    Ok(Carriers { email: email.map(|email| Arc::new(email) as _), sms: gateway.clone(), push: gateway })
}

/// The relay that mail is handed to.
pub fn by_mail(mail: &Mail) -> Result<MailCarrier, Failure> {
    MailCarrier::new(&mail.relay, mail.sender.clone(), machine(), &[]).map_err(Failure::of)
}

/// The address that text messages and pushes are posted to.
pub fn by_gateway(gateway: &MessageGateway, client: &Client) -> Result<Gateway, Failure> {
    client.policy().check(&gateway.url).map_err(|error| {
        Failure::of(error).hint("message_gateway_url must be public, or lie in one of the open_networks")
    })?;
    let made = Gateway::new(gateway.url.clone(), &gateway.secret, client.clone(), machine());
    made.ok_or_else(|| Failure::new("message_gateway_secret must be whsec_ and 24 to 64 bytes in base64"))
}

/// Letters and posts bear the time of the machine, whatever a sandbox's clock shows.
fn machine() -> Arc<dyn MachineClock> {
    Arc::new(SystemMachineClock::start())
}
