//! How pages look: in windows of several widths, in light and in dark; and whether they hinder whoever does not look at
//! them.

use std::fs;
use std::path::{Path, PathBuf};

use riverbank_testkit::chromium::{Chromium, View};
use serde_json::json;

pub const VIEWS: [(&str, View); 4] = [
    ("narrow-light", View { width: 320, height: 640, is_dark: false }),
    ("narrow-dark", View { width: 320, height: 640, is_dark: true }),
    ("wide-light", View { width: 1280, height: 800, is_dark: false }),
    ("wide-dark", View { width: 1280, height: 800, is_dark: true }),
];

/// Lets axe-core look at the page by all of its rules, also the one that it holds back, on the size of what is pressed;
/// gives one line for each violation, and for each contrast that it could not tell but in charts, whose words stand in
/// tables too.
const JUDGE: &str = r"
const { violations, incomplete } = await axe.run({ rules: { 'target-size': { enabled: true } } });
const untold = incomplete.filter(({ id }) => id === 'color-contrast');
const lines = [...violations, ...untold].flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`));
return lines.filter((line) => !line.startsWith('color-contrast: <text'));
";

/// What is shown fits its window, hinders nobody and may do nothing but what it needs; a picture of it is kept.
pub async fn fits(browser: &Chromium, view: &str, page: &str) {
    let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert_eq!(browser.run(overflow).await, json!(0), "{page}, {view}");
    let style = "return document.styleSheets.length && document.styleSheets[0].cssRules.length > 0";
    assert_eq!(browser.run(style).await, json!(true), "{page}, {view}: no style");
    let folder = target().join("screenshots");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{page}-{view}.png")), browser.picture().await).unwrap();
    hinders_nobody(browser, &format!("{page}, {view}")).await;
    for policy in browser.policies().await {
        is_strict(&policy, page);
    }
}

/// axe-core finds nothing wrong.
async fn hinders_nobody(browser: &Chromium, page: &str) {
    let axe = target().join("npm/node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(axe).expect("axe-core: `cargo xtask test` installs it into target/npm");
    assert_eq!(
        browser.run(&format!("{axe}\nreturn (async () => {{{JUDGE}}})();")).await,
        json!([]),
        "{page}"
    );
}

/// A policy under which nothing comes from elsewhere, no text of a page is run, and only who is named shows it.
fn is_strict(policy: &str, page: &str) {
    let rules: Vec<_> = policy.split(';').map(str::trim).collect();
    let is_closed = rules.iter().any(|rule| matches!(*rule, "default-src 'self'" | "default-src 'none'"));
    assert!(is_closed && rules.contains(&"base-uri 'none'"), "{page}: {policy}");
    assert!(rules.iter().any(|rule| rule.starts_with("frame-ancestors ")), "{page}: {policy}");
    for (name, sources) in rules.iter().filter_map(|rule| rule.split_once(' ')) {
        // Banks ask with pictures that stand in the page.
        let is_lawful = |source: &str| {
            source != "*" && !source.contains("unsafe") && (name == "img-src" || !source.ends_with(':'))
        };
        assert!(sources.split(' ').all(is_lawful), "{page}: {policy}");
    }
}

/// Where what tests leave and need beside them stands.
pub fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target")
}
