//! The first page of Connect in a browser.

use std::path::{Path, PathBuf};
use std::process::Command;

use riverbank_testkit::chromium::Chromium;
use riverbank_testkit::server::ServerOptions;
use serde_json::json;

use crate::Outcome;
use crate::peers::process::{Process, free_port};
use crate::row::{Row, Target};
use crate::section::{Findings, Section, Setting};
use crate::turns::{Competitor, in_turns};
use crate::world::World;

pub const SECTION: Section = Section {
    name: "pages",
    about: "The first page of Connect",
    method: "From the navigation until the search field and the popular institutions stand on the page, in a new Chromium each \
             time, without a cache; and what came over the wire for it, compressed. Beside it MX's own widget, \
             `@mxenabled/connect-widget`, built by Vite with the smallest page around it: its institutions are in its script \
             already, and its files come compressed from memory. Both come from this machine, so that the time is that of \
             the browser; over a network the weight counts too.",
    run,
};

/// What is on a page that can be used.
struct Usable {
    search: &'static str,
    institution: &'static str,
}

const OURS: Usable = Usable { search: "#q", institution: "#found a" };
const WIDGET: Usable = Usable { search: "#mx-connect-search", institution: "[data-test$='-tile']" };

/// One opening of a page.
struct Opening {
    /// Milliseconds until it could be used.
    usable: f64,
    /// Kilobytes that came.
    weight: f64,
}

fn run(setting: &Setting) -> Outcome<Findings> {
    let world = World::start(setting, ServerOptions::default())?;
    let ours = || open(setting, &setting.wait(world.address_of_pages("first"))?, &OURS);
    let widget = match serve_widget() {
        Ok(server) => Competitor::new("MX's widget", move || open(setting, &server.base_url(), &WIDGET)),
        Err(error) => Competitor::missing("MX's widget", &error.to_string()),
    };
    let results = in_turns(setting.rounds(), vec![Competitor::new("ours", ours), widget]);
    let [ours, widget] = results.as_slice() else { return Err("a competitor too few".into()) };
    let row = |what, unit, figure: fn(&Opening) -> f64, target| {
        let (ours, widget) = (ours.figures(figure), widget.figures(figure));
        Outcome::Ok(Row::beside(what, unit, ours.ours()?, &widget.rounds(), target))
    };
    let rows = [
        row("until the search can be used", "ms", |opening| opening.usable, Some(Target::AtMost(1.0 / 3.0)))?,
        row("what comes for it", "kB", |opening| opening.weight, Some(Target::AtMost(60.0 / 551.0)))?,
    ];
    Ok(Findings { rows: rows.into_iter().flatten().collect(), ..Findings::default() })
}

/// Opens a page in a new browser.
fn open(setting: &Setting, address: &str, usable: &Usable) -> Outcome<Opening> {
    let Usable { search, institution } = usable;
    let watch = format!(
        "const look = () => [{}, {}].every((one) => document.querySelector(one)?.getClientRects().length)
           ? (window.usable = performance.now()) : requestAnimationFrame(look);
         requestAnimationFrame(look);",
        json!(search),
        json!(institution)
    );
    // What is not loaded yet when the page can be used counts too.
    let told = "return new Promise((resolve) => setTimeout(() => {
        const loaded = ['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind));
        resolve([window.usable, loaded.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000]);
    }, 500))";
    let figures = setting.wait(async {
        let browser = Chromium::start().await;
        browser.run_first(&watch).await;
        browser.go(address).await;
        browser.wait_for("return window.usable !== undefined", &json!(true)).await;
        browser.run(told).await
    });
    let [usable, weight] = serde_json::from_value(figures)?;
    Ok(Opening { usable, weight })
}

/// Serves the widget that `cargo xtask bench` has built.
fn serve_widget() -> Outcome<Process> {
    let folder = built_widget();
    if !folder.join("dist").exists() {
        return Err("not built; it needs node and npm".into());
    }
    let port = free_port()?;
    Process::start(Command::new("node").arg(folder.join("serve.mjs")).arg(port.to_string()), port, "/")
}

fn built_widget() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench/widget")
}
