//! A real browser: Debian's Chromium, driven over the WebDriver protocol by its `chromedriver`.
//!
//! The driver's parent is a shell that waits at the end of a pipe from this process: whatever way this process ends,
//! driver and browser are killed and their folder is deleted.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::client::Caller;

/// The gap between two looks at something that is waited for.
const LOOK: Duration = Duration::from_millis(50);
/// How many looks it is given: 30 seconds.
const LOOKS: u32 = 600;
/// How long a script may take: to look at a page by all rules takes a busy machine more than the driver's 30 seconds.
const SCRIPT_LIMIT: Duration = Duration::from_mins(5);
/// What the driver may take to answer: longer than a script, or the page that it waits for by itself, also 5 minutes.
const DRIVER_LIMIT: Duration = Duration::from_mins(6);
/// The name of an element's id in answers (WebDriver, 12.2).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Starts the driver in a group of its own, which the browser belongs to as well; at the end of its input it kills the
/// group and deletes the folder.
const KEEPER: &str = r#"
trap '' HUP INT TERM
folder=$1; shift
setsid "$@" & driver=$!
while read -r _; do :; done
kill -s KILL -- "-$driver"
wait "$driver"
rm -rf "$folder"
"#;

/// One browser, with one window at first. It ends with this.
pub struct Chromium {
    keeper: Child,
    /// The driver may have more to say, and would end if nobody listened.
    _words: BufReader<ChildStdout>,
    driver: Caller,
    session: String,
}

/// How a page is looked at.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Of the window, in pixels.
    pub width: u32,
    /// Of the window, in pixels.
    pub height: u32,
    /// Whether the end user likes pages dark.
    pub is_dark: bool,
}

impl Chromium {
    /// Starts it, with nothing that any other browser knows.
    ///
    /// # Panics
    /// When Chromium or its driver is not there; `cargo xtask test` installs them.
    pub async fn start() -> Self {
        Self::start_with(json!({})).await
    }

    /// The same for an end user who lets no page run scripts. What the driver runs still runs.
    ///
    /// # Panics
    /// As [`Self::start`].
    pub async fn start_without_scripts() -> Self {
        // The number of "block" in Chromium's content settings.
        Self::start_with(json!({"profile.managed_default_content_settings.javascript": 2})).await
    }

    async fn start_with(preferences: Value) -> Self {
        let folder =
            tempfile::Builder::new().prefix("chromium-").tempdir().expect("a temporary folder").keep();
        let mut keeper = Command::new("/bin/sh")
            .args(["-c", KEEPER, "sh"])
            .arg(&folder)
            .args(["chromedriver", "--port=0"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let mut words = BufReader::new(keeper.stdout.take().expect("an output"));
        let port = words.by_ref().lines().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        let port = port.expect("no chromedriver; `cargo xtask test` installs it");
        let base = format!("http://127.0.0.1:{port}");
        let driver = Caller::new(&base).within(DRIVER_LIMIT).header("content-type", "application/json");
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            // Sites of tests have certificates that nobody knows.
            "acceptInsecureCerts": true,
            "timeouts": {"script": SCRIPT_LIMIT.as_secs() * 1000},
            "goog:chromeOptions": {"args": [
                "--headless=new",
                // As root there is no other way, and what is looked at is ours.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                // Pictures are of pages.
                "--hide-scrollbars",
                format!("--user-data-dir={}", folder.display()),
            ], "prefs": preferences, "perfLoggingPrefs": {"enableNetwork": true, "enablePage": false}},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }}});
        let opened = driver.post("/session", &wanted).await.root("value");
        let session = opened["sessionId"].as_str().expect("a session");
        Self { keeper, _words: words, session: format!("/session/{session}"), driver }
    }

    /// Goes to an address.
    pub async fn go(&self, url: &str) {
        self.post("url", &json!({"url": url})).await;
    }

    /// Runs a script in the page and gives what it returns.
    pub async fn run(&self, script: &str) -> Value {
        self.post("execute/sync", &json!({"script": script, "args": []})).await
    }

    /// Runs a script in every page from now on, before the page's own.
    pub async fn run_first(&self, script: &str) {
        self.tell("Page.addScriptToEvaluateOnNewDocument", &json!({"source": script})).await;
    }

    /// Waits until a script returns this.
    pub async fn wait_for(&self, script: &str, expected: &Value) {
        let what = format!("`{script}` gives {expected}");
        eventually(&what, async || (self.run(script).await == *expected).then_some(())).await;
    }

    /// Clicks the element of a CSS selector once it is there. The next page may come after this.
    pub async fn click(&self, selector: &str) {
        let element = self.element(selector).await;
        self.post(&format!("{element}/click"), &json!({})).await;
    }

    /// Types into the field of a CSS selector, in the place of what it holds.
    pub async fn fill_in(&self, selector: &str, text: &str) {
        let element = self.element(selector).await;
        self.post(&format!("{element}/clear"), &json!({})).await;
        self.post(&format!("{element}/value"), &json!({"text": text})).await;
    }

    /// What the element of a CSS selector says, once it is there. On the page that is there now: after a step to another
    /// page, [`Self::wait_for_text`] sees that it has come.
    pub async fn text(&self, selector: &str) -> String {
        eventually(&format!("there is a {selector}"), async || {
            Some(self.run(&text_of(selector)).await.as_str()?.to_owned())
        })
        .await
    }

    /// Waits until the element of a CSS selector says this, and nothing else.
    pub async fn wait_for_text(&self, selector: &str, expected: &str) {
        self.wait_for(&text_of(selector), &json!(expected)).await;
    }

    /// Waits until there are so many windows; their handles.
    pub async fn windows(&self, count: usize) -> Vec<String> {
        eventually(&format!("there are {count} windows"), async || {
            let handles = self.get("window/handles").await;
            let handles: Vec<String> = serde_json::from_value(handles).expect("handles");
            (handles.len() == count).then_some(handles)
        })
        .await
    }

    /// Goes on in another window.
    pub async fn switch_to(&self, window: &str) {
        self.post("window", &json!({"handle": window})).await;
    }

    /// Goes on in the frame of a CSS selector.
    pub async fn enter_frame(&self, selector: &str) {
        let element = self.element(selector).await;
        let id = element.trim_start_matches("element/");
        self.post("frame", &json!({"id": {ELEMENT: id}})).await;
    }

    /// Goes on in the page around all frames.
    pub async fn leave_frames(&self) {
        self.post("frame", &json!({"id": null})).await;
    }

    /// Presses keys, wherever the focus is.
    pub async fn press(&self, keys: &str) {
        let active = self.get("element/active").await;
        let id = active[ELEMENT].as_str().expect("an element");
        self.post(&format!("element/{id}/value"), &json!({"text": keys})).await;
    }

    /// What the browser complained of since it was last asked: also what a policy of the page forbade.
    pub async fn complaints(&self) -> Vec<String> {
        let entries = self.post("se/log", &json!({"type": "browser"})).await;
        let entries = entries.as_array().expect("entries").iter();
        entries.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// What the documents that came since this was last asked may load and do: the content policy of each, as its answer
    /// told it, empty where it told none.
    pub async fn policies(&self) -> Vec<String> {
        let entries = self.post("se/log", &json!({"type": "performance"})).await;
        let entries = entries.as_array().expect("entries").iter();
        let told = entries.filter_map(|entry| serde_json::from_str(entry["message"].as_str()?).ok());
        let came = told.map(|event: Value| event["message"].clone()).filter(|event| {
            let response = &event["params"]["response"];
            let is_of_a_site = response["url"].as_str().is_some_and(|url| url.starts_with("http"));
            event["method"] == "Network.responseReceived"
                && event["params"]["type"] == "Document"
                && is_of_a_site
        });
        came.map(|event| {
            let headers = event["params"]["response"]["headers"].as_object().into_iter().flatten();
            let mut policies =
                headers.filter(|(name, _)| name.eq_ignore_ascii_case("content-security-policy"));
            policies.next().and_then(|(_, policy)| policy.as_str()).unwrap_or_default().to_owned()
        })
        .collect()
    }

    /// Looks at pages so from now on, in this window.
    pub async fn look_with(&self, view: View) {
        let View { width, height, is_dark } = view;
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.tell("Emulation.setDeviceMetricsOverride", &size).await;
        let scheme = if is_dark { "dark" } else { "light" };
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.tell("Emulation.setEmulatedMedia", &features).await;
    }

    /// Asks for pages in this language (BCP 47) from now on.
    pub async fn speak(&self, language: &str) {
        self.tell("Network.enable", &json!({})).await;
        let headers = json!({"headers": {"Accept-Language": language}});
        self.tell("Network.setExtraHTTPHeaders", &headers).await;
    }

    /// A picture of the page, as far as it goes: PNG.
    pub async fn picture(&self) -> Vec<u8> {
        let whole = json!({"format": "png", "captureBeyondViewport": true});
        let picture = self.tell("Page.captureScreenshot", &whole).await;
        STANDARD.decode(picture["data"].as_str().expect("a picture")).expect("base64")
    }

    /// The path of an element.
    async fn element(&self, selector: &str) -> String {
        let wanted = json!({"using": "css selector", "value": selector});
        eventually(&format!("there is a {selector}"), async || {
            let found = self.driver.post(&format!("{}/element", self.session), &wanted).await.json();
            Some(format!("element/{}", found["value"][ELEMENT].as_str()?))
        })
        .await
    }

    /// A command of Chromium's own.
    async fn tell(&self, command: &str, parameters: &Value) -> Value {
        self.post("goog/cdp/execute", &json!({"cmd": command, "params": parameters})).await
    }

    async fn get(&self, path: &str) -> Value {
        self.driver.get(&format!("{}/{path}", self.session)).await.root("value")
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        self.driver.post(&format!("{}/{path}", self.session), body).await.root("value")
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // The keeper does not outlive what it keeps.
        let _ = self.keeper.wait();
    }
}

/// A script for what the first element of a CSS selector says, null without one. One script sees one page: the driver's own
/// way, to find an element and then to ask it, meets a page that goes in between.
fn text_of(selector: &str) -> String {
    format!("return document.querySelector({})?.innerText ?? null", json!(selector))
}

/// Looks until something is there.
async fn eventually<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    for _ in 0..LOOKS {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(LOOK).await;
    }
    panic!("never: {what}");
}
