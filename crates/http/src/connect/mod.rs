//! The connect face: the pages that connect an institution, and what front ends of other makes ask for beside the Nexus
//! face.
//!
//! A page stands for a user as a session of the API does, and calls the same operations. Which page is shown follows from
//! what the database holds when it is asked for, so that reloading it, going back and a second window do no harm; all that
//! changes something is a form, which is answered with the way to the next page.

mod accounts;
mod assets;
mod challenges;
mod connections;
mod credentials;
mod frame;
mod gathering;
mod institution;
mod member;
mod micro_deposits;
mod oauth_states;
mod oauth_way;
mod open;
mod search;
mod speech;
mod status;
#[cfg(test)]
mod tests;
mod visiting;
mod words;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// The routes of the connect face.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/connect/api/oauth_states", get(oauth_states::list))
        .route("/connect/api/oauth_states/{guid}", get(oauth_states::read))
        .route("/connect/style.css", get(assets::style))
        .route("/connect/connect.js", get(assets::script))
        .route("/connect/{address}", get(open::open))
        .route("/connect/s/{session}", get(open::first))
        .route("/connect/s/{session}/institutions", get(search::show))
        .route("/connect/s/{session}/institutions/{guid}", get(institution::show).post(institution::connect))
        .route("/connect/s/{session}/accounts", get(accounts::kinds))
        .route("/connect/s/{session}/accounts/new", get(accounts::show_new).post(accounts::create))
        .route("/connect/s/{session}/accounts/{guid}", get(accounts::show))
        .route(
            "/connect/s/{session}/micro_deposits",
            get(micro_deposits::show_routing).post(micro_deposits::check),
        )
        .route(
            "/connect/s/{session}/micro_deposits/account",
            get(micro_deposits::show_account).post(micro_deposits::order),
        )
        .route("/connect/s/{session}/micro_deposits/{guid}", get(micro_deposits::show))
        .route("/connect/s/{session}/micro_deposits/{guid}/amounts", post(micro_deposits::amounts))
        .route("/connect/s/{session}/members", get(connections::list))
        .route("/connect/s/{session}/members/{guid}", get(member::show))
        .route("/connect/s/{session}/members/{guid}/state", get(member::state))
        .route("/connect/s/{session}/members/{guid}/retry", post(member::retry))
        .route("/connect/s/{session}/members/{guid}/answers", post(challenges::answer))
        .route(
            "/connect/s/{session}/members/{guid}/credentials",
            get(credentials::show).post(credentials::update),
        )
        .route("/connect/s/{session}/members/{guid}/oauth", post(oauth_way::again))
        .route("/connect/s/{session}/members/{guid}/remove", get(connections::ask).post(connections::remove))
}
