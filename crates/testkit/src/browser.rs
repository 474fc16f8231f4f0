//! A browser without script: it holds cookies, follows redirects and fills in forms.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::{Method, StatusCode, Url};

const ANSWER_LIMIT: Duration = Duration::from_mins(1);
/// More redirects than any way has.
const LONGEST_WAY: usize = 10;

/// One browser of one end user.
pub struct Browser {
    http: reqwest::Client,
    /// The server that it stays at: a redirect to elsewhere ends the way.
    base_url: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What a browser shows, or where it left to.
#[derive(Debug)]
pub struct Seen {
    /// The address of the page.
    pub url: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The page.
    pub html: String,
    /// Where a redirect leads; none on a page.
    pub left_to: Option<String>,
}

impl Browser {
    /// A fresh browser.
    ///
    /// # Panics
    /// When no client can be made.
    pub fn new(base_url: &str) -> Self {
        // Installs what TLS needs, if nobody has.
        drop(crate::client::Caller::new(base_url));
        let http = reqwest::Client::builder()
            .timeout(ANSWER_LIMIT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a client for plain HTTP");
        Self { http, base_url: base_url.to_owned(), cookies: Mutex::default() }
    }

    /// Opens an address and follows no redirect.
    pub async fn open(&self, url: &str) -> Seen {
        self.send(Method::GET, url, None).await
    }

    /// Opens an address and follows redirects as far as they stay at the server.
    pub async fn follow(&self, url: &str) -> Seen {
        let seen = self.open(url).await;
        self.on(seen).await
    }

    /// Sends the form of a page, with these fields changed or added, and follows redirects.
    pub async fn submit(&self, page: &Seen, changes: &[(&str, &str)]) -> Seen {
        let seen = self.send_form(page, changes).await;
        self.on(seen).await
    }

    /// Sends the form of a page and follows no redirect.
    pub async fn send_form(&self, page: &Seen, changes: &[(&str, &str)]) -> Seen {
        let mut fields = page.fields();
        fields.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        fields.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self.send(Method::POST, &page.action(), Some(fields)).await
    }

    /// Sends a form of one's own making and follows no redirect.
    pub async fn post(&self, url: &str, fields: &[(&str, &str)]) -> Seen {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.send(Method::POST, url, Some(fields.collect())).await
    }

    async fn on(&self, mut seen: Seen) -> Seen {
        for _ in 0..LONGEST_WAY {
            match &seen.left_to {
                Some(next) if next.starts_with(&self.base_url) => seen = self.open(&next.clone()).await,
                _ => return seen,
            }
        }
        panic!("the redirects do not end: {seen:?}");
    }

    async fn send(&self, method: Method, url: &str, form: Option<Vec<(String, String)>>) -> Seen {
        let mut request = self.http.request(method, url).header(COOKIE, self.cookie_header());
        if let Some(fields) = form {
            let mut encoded = Url::parse("form:").expect("an address");
            encoded.query_pairs_mut().extend_pairs(fields);
            let body = encoded.query().unwrap_or_default().to_owned();
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
        }
        let response = request.send().await.unwrap_or_else(|error| panic!("{url}: {error}"));
        let (status, headers) = (response.status(), response.headers().clone());
        self.keep(&headers);
        let left_to = headers
            .get(LOCATION)
            .map(|location| location.to_str().expect("an address of ASCII").to_owned())
            .filter(|_| status.is_redirection());
        let html = response.text().await.expect("a whole page");
        Seen { url: url.to_owned(), status, headers, html, left_to }
    }

    fn cookie_header(&self) -> String {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep(&self, headers: &HeaderMap) {
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        for value in headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let Some((name, rest)) = value.split_once('=') else { continue };
            let (value, attributes) = rest.split_once(';').unwrap_or((rest, ""));
            if attributes.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Seen {
    /// A header's text, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The parameters of where it left to.
    ///
    /// # Panics
    /// When it left nowhere.
    pub fn parameters(&self) -> BTreeMap<String, String> {
        let address = self.left_to.as_deref().unwrap_or_else(|| panic!("a page: {self:?}"));
        Url::parse(address).expect("an address").query_pairs().into_owned().collect()
    }

    /// What the form of the page would send as it is.
    pub fn fields(&self) -> Vec<(String, String)> {
        let inputs =
            self.html.split("<input ").skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
        inputs
            .filter(|tag| attribute(tag, "type").as_deref() != Some("checkbox") || tag.ends_with(" checked"))
            .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default())))
            .collect()
    }

    fn action(&self) -> String {
        let form = self.html.split("<form ").nth(1).unwrap_or_else(|| panic!("no form: {}", self.html));
        attribute(form, "action").expect("where the form goes")
    }
}

/// The value of an attribute within a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    let plain = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    Some(plain.replace("&amp;", "&"))
}
