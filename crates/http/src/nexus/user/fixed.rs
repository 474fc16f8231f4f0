//! `GET /user` of the static test endpoints.

use axum::Router;
use axum::extract::State;
use axum::routing::get;

use riverbank_engine::users::Verified;

use super::read::UserBody;
use crate::answer::Answer;
use crate::app::App;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/user", get(read))
}

async fn read(State(app): State<App>) -> Answer<UserBody> {
    Answer::ok(UserBody::of(app.engine.fixed_user(), Verified::default()))
}
