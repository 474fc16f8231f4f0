//! A real browser: Debian's Chromium, driven over the WebDriver protocol of its `chromedriver`.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::Caller;

/// How long something on a page is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(50);
/// The name of an element in answers (WebDriver, 12.2).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One browser with one window, at first. It ends with this.
pub struct Chromium {
    driver: Child,
    session: String,
    caller: Caller,
    _profile: TempDir,
}

impl Chromium {
    /// Starts it.
    ///
    /// # Panics
    /// When Chromium or its driver is not there; `cargo xtask test` installs them.
    pub async fn start() -> Self {
        let profile = TempDir::with_prefix("chromium-").expect("a temporary folder");
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is not here; `cargo xtask test` installs it");
        let lines = BufReader::new(driver.stdout.take().expect("an output")).lines();
        let port = lines
            .map_while(Result::ok)
            .find_map(|line| {
                Some(line.split_once("started successfully on port ")?.1.trim_end_matches('.').to_owned())
            })
            .expect("the port of chromedriver");
        let caller =
            Caller::new(&format!("http://127.0.0.1:{port}")).header("content-type", "application/json");
        let arguments = [
            "--headless=new".to_owned(),
            // As root there is no other way, and what is looked at is ours.
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--window-size=900,1000".to_owned(),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let opened = caller.post("/session", &wanted).await.json();
        let session = opened["value"]["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {opened}"));
        Self { session: format!("/session/{session}"), driver, caller, _profile: profile }
    }

    /// Goes to an address.
    pub async fn go(&self, url: &str) {
        self.post("url", &json!({"url": url})).await;
    }

    /// Runs a script in the page and gives what it returns.
    pub async fn run(&self, script: &str) -> Value {
        self.post("execute/sync", &json!({"script": script, "args": []})).await
    }

    /// Waits until a script returns this.
    pub async fn wait_for(&self, script: &str, expected: &Value) {
        let glances = PATIENCE.as_millis() / GLANCE.as_millis();
        for _ in 0..glances {
            if self.run(script).await == *expected {
                return;
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("{script} gives {}, never {expected}", self.run(script).await);
    }

    /// Clicks the element of a CSS selector once it is there.
    pub async fn click(&self, selector: &str) {
        let element = self.find(selector).await;
        self.post(&format!("element/{element}/click"), &json!({})).await;
    }

    /// The text of the element of a CSS selector once it is there.
    pub async fn text(&self, selector: &str) -> String {
        let element = self.find(selector).await;
        let text = self.get(&format!("element/{element}/text")).await;
        text.as_str().expect("a text").to_owned()
    }

    /// The handles of the windows.
    pub async fn windows(&self) -> Vec<String> {
        let windows = self.get("window/handles").await;
        let windows = windows.as_array().expect("a list").iter();
        windows.map(|handle| handle.as_str().expect("a handle").to_owned()).collect()
    }

    /// Waits until there are so many windows.
    pub async fn wait_for_windows(&self, count: usize) -> Vec<String> {
        let glances = PATIENCE.as_millis() / GLANCE.as_millis();
        for _ in 0..glances {
            let windows = self.windows().await;
            if windows.len() == count {
                return windows;
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("there are never {count} windows");
    }

    /// Goes on in another window.
    pub async fn switch(&self, window: &str) {
        self.post("window", &json!({"handle": window})).await;
    }

    /// What the browser's console holds: also what a policy forbade.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.post("se/log", &json!({"type": "browser"})).await;
        let entries = entries.as_array().expect("a list").iter();
        entries.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// A picture of the window, PNG.
    pub async fn picture(&self) -> Vec<u8> {
        let picture = self.get("screenshot").await;
        STANDARD.decode(picture.as_str().expect("base64")).expect("base64")
    }

    async fn find(&self, selector: &str) -> String {
        let wanted = json!({"using": "css selector", "value": selector});
        let glances = PATIENCE.as_millis() / GLANCE.as_millis();
        for _ in 0..glances {
            let found = self.caller.post(&format!("{}/element", self.session), &wanted).await.json();
            if let Some(element) = found["value"][ELEMENT].as_str() {
                return element.to_owned();
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("there is never a {selector}");
    }

    async fn get(&self, path: &str) -> Value {
        self.caller.get(&format!("{}/{path}", self.session)).await.root("value")
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        self.caller.post(&format!("{}/{path}", self.session), body).await.root("value")
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // The browser is of the driver's group.
        if let Some(group) = i32::try_from(self.driver.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.driver.wait();
    }
}
