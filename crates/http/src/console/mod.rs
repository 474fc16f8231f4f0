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
mod frame;
mod guard;
mod institutions;
mod log_in;
mod overview;
mod place;
#[cfg(test)]
mod tests;
mod webhooks;

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
        .route("/console/webhooks/{endpoint}/replay", post(webhooks::replay))
        .layer(from_fn_with_state(app.clone(), guard::demand_operator));
    let seen = Router::new()
        .route("/console", get(overview::show))
        .route("/console/overview", get(overview::fragment))
        .route("/console/clients", get(clients::list))
        .route("/console/clients/{client_id}", get(clients::show))
        .route("/console/institutions", get(institutions::list))
        .route("/console/webhooks/{endpoint}", get(webhooks::show))
        .route("/console/audit", get(audit::of_clients))
        .route("/console/audit/operators", get(audit::of_operators))
        .route("/console/logout", post(log_in::log_out));
    let guarded = seen.merge(acts).layer(from_fn_with_state(app.clone(), guard::admit));
    let doors = Arc::new(doors::Doors::new(Arc::clone(app.engine.machine())));
    let login =
        Router::new().route("/console/login", get(log_in::show).post(log_in::log_in)).layer(Extension(doors));
    let open = Router::new()
        .route("/console/style.css", get(assets::style))
        .route("/console/console.js", get(assets::script));
    guarded.merge(login).merge(open).layer(map_response(frame::private)).with_state(app)
}
