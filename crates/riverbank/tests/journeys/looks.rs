//! How pages look: in windows of several widths, in light and in dark.

use std::fs;
use std::path::Path;

use riverbank_testkit::chromium::{Chromium, View};
use serde_json::json;

pub const VIEWS: [(&str, View); 4] = [
    ("narrow-light", View { width: 320, height: 640, is_dark: false }),
    ("narrow-dark", View { width: 320, height: 640, is_dark: true }),
    ("wide-light", View { width: 1280, height: 800, is_dark: false }),
    ("wide-dark", View { width: 1280, height: 800, is_dark: true }),
];

/// What is shown fits its window; a picture of it is kept.
pub async fn fits(browser: &Chromium, view: &str, page: &str) {
    let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert_eq!(browser.run(overflow).await, json!(0), "{page}, {view}");
    let style = "return document.styleSheets.length && document.styleSheets[0].cssRules.length > 0";
    assert_eq!(browser.run(style).await, json!(true), "{page}, {view}: no style");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/screenshots");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{page}-{view}.png")), browser.picture().await).unwrap();
}
