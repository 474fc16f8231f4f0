//! Requests that touch a member, for its timeline.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::extract::MatchedPath;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use riverbank_engine::oversight::{MemberRequest, Requests};
use riverbank_engine::{Caller, Engine};
use riverbank_model::guid::{MemberGuid, UserGuid};

/// What the paths of one member begin with.
const BEGINNINGS: [&str; 2] = ["/members/", "/member/"];
/// Answers to those who are nobody, or ask for what is not there or not theirs.
const TO_STRANGERS: [StatusCode; 3] =
    [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];

/// A request whose path names a member: an extension of it, as long as nobody has answered.
#[derive(Clone)]
pub(crate) struct Touch(Arc<Touched>);

struct Touched {
    member: MemberGuid,
    by: OnceLock<By>,
}

/// Whose session the request came with, when, and where it is counted.
struct By {
    user: UserGuid,
    at: Timestamp,
    requests: Arc<Requests>,
}

impl Touch {
    /// None for a path that names no member.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let rest = BEGINNINGS.iter().find_map(|beginning| path.strip_prefix(beginning))?;
        let member = rest.split('/').next()?.parse().ok()?;
        Some(Self(Arc::new(Touched { member, by: OnceLock::new() })))
    }

    /// Says who asks, once that is known. Where sums are kept for no time, nothing is counted.
    pub(crate) fn is_by(&self, engine: &Engine, caller: &Caller) {
        if engine.settings().member_requests.is_zero() {
            return;
        }
        self.0.by.get_or_init(|| By {
            user: caller.user.clone(),
            at: engine.now(),
            requests: Arc::clone(engine.requests()),
        });
    }

    /// Counts the request, where somebody asked for a member that may be theirs.
    pub(crate) fn note(&self, method: &'static str, response: &Response, took: Duration) {
        let Touched { member, by } = &*self.0;
        let (Some(by), Some(route)) = (by.get(), response.extensions().get::<MatchedPath>()) else { return };
        if TO_STRANGERS.contains(&response.status()) {
            return;
        }
        by.requests.note(&MemberRequest {
            user: &by.user,
            member,
            at: by.at,
            method,
            route: route.as_str(),
            status: response.status().as_u16(),
            took,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_one_member_name_it() {
        let guid = "MBR-7c6f361b-e582-15b6-60c0-358f12466b4b";
        let named = |path: &str| Touch::of(path).map(|touch| touch.0.member.to_string());
        for path in ["/members/{}", "/members/{}/accounts", "/member/{}/credentials"] {
            assert_eq!(named(&path.replace("{}", guid)).as_deref(), Some(guid));
        }
        for path in [
            "/members",
            "/members/",
            "/members/aggregate",
            "/users/MBR-1",
            "/members/ACT-1",
            "/members/%4DBR-1",
        ] {
            assert_eq!(named(path), None, "{path}");
        }
    }
}
