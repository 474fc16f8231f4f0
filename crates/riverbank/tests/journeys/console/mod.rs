//! The console as operators meet it: added by a command, logged in by a browser.

mod acting;
mod chromium;
mod login;
mod timeline;

use jiff::{SignedDuration, Timestamp};
use ring::hmac;
use riverbank_testkit::browser::{Browser, Seen};
use riverbank_testkit::server::Server;

use super::world::{Backend, World};

const PASSWORD: &str = "correct horse battery staple";

/// An operator and its authenticator app.
struct Operator {
    name: &'static str,
    secret: Vec<u8>,
}

impl Operator {
    /// Adds an operator, as people do.
    fn add(server: &Server, name: &'static str, role: &str) -> Self {
        let arguments = ["operator", "add", name, "--role", role];
        let output = server.output_of_input(&arguments, &format!("{PASSWORD}\n")).expect("a command");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
        Self { name, secret: told(&printed) }
    }

    /// The code that the app shows in so many seconds.
    #[expect(clippy::disallowed_methods, reason = "an authenticator app goes by the wall clock")]
    fn code_in(&self, seconds: i64) -> String {
        let at = Timestamp::now().checked_add(SignedDuration::from_secs(seconds)).expect("a time");
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.secret);
        let tag = hmac::sign(&key, &(at.as_second() / 30).to_be_bytes());
        let bytes = tag.as_ref();
        let offset = usize::from(bytes[19] & 15);
        let four: [u8; 4] = bytes[offset..offset + 4].try_into().expect("four bytes");
        format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
    }

    async fn tries(&self, browser: &Browser, server: &Server, password: &str, code: &str) -> Seen {
        let fields = [("name", self.name), ("password", password), ("code", code)];
        browser.post(&format!("{}/console/login", server.base_url()), &fields).await
    }

    /// Logs in with the code of now.
    async fn logs_in(&self, server: &Server) -> Browser {
        let browser = Browser::new(server.base_url());
        let seen = self.tries(&browser, server, PASSWORD, &self.code_in(0)).await;
        assert_eq!(seen.left_to.as_deref(), Some("/console"), "{seen:?}");
        browser
    }
}

/// The secret that a command prints, as bytes (RFC 4648, 6).
fn told(printed: &str) -> Vec<u8> {
    let secret = printed.lines().find_map(|line| line.strip_prefix("secret:  ")).expect("a secret");
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0, 0_u32);
    for digit in secret.bytes() {
        let value = if digit.is_ascii_uppercase() { digit - b'A' } else { digit - b'2' + 26 };
        held = (held << 5) | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits).to_le_bytes()[0]);
        }
    }
    bytes
}

/// A world whose server has a console.
async fn with_console(backend: Backend) -> World {
    World::with(backend, &[("RIVERBANK_CONSOLE", "true")]).await
}

/// What the forms of a page carry.
fn form_token(seen: &Seen) -> String {
    let (_, rest) = seen.html.split_once("name=\"form_token\" value=\"").expect("a form");
    rest.split('"').next().expect("a token").to_owned()
}
