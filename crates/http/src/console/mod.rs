//! The console face: the operator's browser.
//!
//! Whatever is not the login, or loaded by its page, passes the guard: it demands a session, and of whatever changes
//! something the token of that session's forms. What acts stands behind the role of an operator as well.

mod act;
mod assets;
mod audit;
mod chart;
mod clients;
mod doors;
mod figures;
mod frame;
mod guard;
mod institution;
mod institutions;
mod jobs;
mod log_in;
mod members;
mod overview;
mod place;
mod sandbox;
mod search;
#[cfg(test)]
mod tests;
mod users;
mod webhooks;
mod words;

use std::sync::Arc;

use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::{get, post};
use axum::{Extension, Router};

use crate::app::App;

/// The routes of the console face.
pub fn routes(app: App) -> Router {
    let acts = Router::new()
        .route("/console/clients/{client_id}/disable", post(clients::disable))
        .route("/console/clients/{client_id}/features", post(clients::set_feature))
        .route("/console/clients/{client_id}/redirect_urls/add", post(clients::add_redirect_url))
        .route("/console/clients/{client_id}/redirect_urls/remove", post(clients::remove_redirect_url))
        .route("/console/institutions/{guid}/switch", post(institution::switch))
        .route("/console/jobs/{guid}/retry", post(jobs::retry))
        .route("/console/members/{guid}/aggregate", post(members::aggregate))
        .route("/console/members/{guid}/disable", post(members::disable))
        .route("/console/members/{guid}/enable", post(members::enable))
        .route("/console/webhooks/{endpoint}/replay", post(webhooks::replay))
        .merge(sandbox_acts(&app))
        .layer(from_fn_with_state(app.clone(), guard::demand_operator));
    let seen = Router::new()
        .route("/console", get(overview::show))
        .route("/console/overview", get(overview::fragment))
        .route("/console/clients", get(clients::list))
        .route("/console/clients/{client_id}", get(clients::show))
        .route("/console/institutions", get(institutions::list))
        .route("/console/institutions/all", get(institution::all))
        .route("/console/institutions/{guid}", get(institution::show))
        .route("/console/jobs", get(jobs::list))
        .route("/console/jobs/{guid}", get(jobs::show))
        .route("/console/jobs/{guid}/reveal", post(jobs::reveal))
        .route("/console/members/{guid}", get(members::show))
        .route("/console/members/{guid}/reveal", post(members::reveal))
        .route("/console/search", get(search::search))
        .route("/console/users/{guid}", get(users::show))
        .route("/console/users/{guid}/reveal", post(users::reveal))
        .route("/console/webhooks/{endpoint}", get(webhooks::show))
        .route("/console/audit", get(audit::of_clients))
        .route("/console/audit/operators", get(audit::of_operators))
        .route("/console/logout", post(log_in::log_out))
        .merge(sandbox_pages(&app));
    let guarded = seen.merge(acts).layer(from_fn_with_state(app.clone(), guard::admit));
    let doors = Arc::new(doors::Doors::new(Arc::clone(app.engine.machine())));
    let login =
        Router::new().route("/console/login", get(log_in::show).post(log_in::log_in)).layer(Extension(doors));
    let open = Router::new()
        .route("/console/style.css", get(assets::style))
        .route("/console/console.js", get(assets::script));
    guarded.merge(login).merge(open).layer(map_response(frame::private)).with_state(app)
}

/// What an operator sees of a sandbox.
fn sandbox_pages(app: &App) -> Router<App> {
    Router::new()
        .route("/console/sandbox", get(sandbox::show))
        .route("/console/sandbox/banks/{bank}", get(sandbox::bank))
        .layer(from_fn_with_state(app.clone(), sandbox::demand))
}

/// What an operator does to a sandbox.
fn sandbox_acts(app: &App) -> Router<App> {
    Router::new()
        .route("/console/members/{guid}/status", post(members::set_status))
        .route("/console/sandbox/clock", post(sandbox::move_clock))
        .route("/console/sandbox/faults", post(sandbox::plan_fault))
        .route("/console/sandbox/faults/remove", post(sandbox::remove_fault))
        .layer(from_fn_with_state(app.clone(), sandbox::demand))
}
