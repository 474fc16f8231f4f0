//! The form of the answer: what `Accept` asks for and the face can give.

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::suffix::JsonSuffix;
use crate::error::{ApiError, ErrorCode};
use crate::media::{Face, JSON, SSO_XML, XML, essence};

/// Routes that answer in other forms than JSON too, with those forms.
const OTHER_FORMS: &[(&str, &[&str])] = &[
    ("/institutions", &["text/csv"]),
    ("/sso/{client_id}/users/{user_id}/api_token", &[SSO_XML, XML]),
    ("/sso/{client_id}/users/{user_id}/api_token.xml", &[SSO_XML, XML]),
    ("/sso/{client_id}/users/{user_id}/sessions", &[SSO_XML, XML]),
    ("/sso/{client_id}/users/{user_id}/urls", &[SSO_XML, XML]),
    ("/sso/{client_id}/users/{user_id}/urls.xml", &[SSO_XML, XML]),
];

/// The media type that was agreed on: an extension of the request, for operations with a choice of forms.
#[derive(Clone, Copy, Debug)]
pub struct AnswerType(pub &'static str);

/// What was agreed on for a request to one of the faces.
pub(super) struct Agreement {
    face: &'static Face,
    /// None when `Accept` names nothing that can be answered.
    chosen: Option<&'static str>,
}

impl Agreement {
    /// Agrees on a media type before the operation runs; none for what belongs to no face.
    pub(super) fn on(request: &mut Request) -> Option<Self> {
        let face = Face::of(request.uri().path())?;
        let wanted = Accept::of(request.headers());
        let chosen = if request.extensions().get::<JsonSuffix>().is_some() {
            wanted.choose(face.types()).or(Some(face.vendor))
        } else {
            let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
            let others =
                OTHER_FORMS.iter().find(|(template, _)| route == Some(template)).map_or(&[][..], |row| row.1);
            wanted.choose(face.types().chain(others.iter().copied()))
        };
        if let Some(chosen) = chosen {
            request.extensions_mut().insert(AnswerType(chosen));
        }
        Some(Self { face, chosen })
    }

    /// The refusal of a request with which nothing could be agreed on.
    pub(super) fn refusal(&self) -> Option<Response> {
        self.chosen.is_none().then(|| ApiError::from(ErrorCode::NotAcceptable).into_response())
    }

    /// Writes the media type on a JSON answer.
    pub(super) fn keep(&self, response: &mut Response) {
        // An answer in another form, and a failure of an operation that has one, keep to JSON's vendor type.
        let json = self.chosen.filter(|chosen| self.face.types().any(|known| known == *chosen));
        if response.headers().get(header::CONTENT_TYPE).is_some_and(|given| given == JSON) {
            let media = HeaderValue::from_static(json.unwrap_or(self.face.vendor));
            response.headers_mut().insert(header::CONTENT_TYPE, media);
        }
    }
}

/// `Accept`, as media ranges with their weights in thousandths. None at all accepts everything.
struct Accept<'h>(Vec<(&'h str, u16)>);

impl<'h> Accept<'h> {
    /// All `Accept` headers of a request.
    fn of(headers: &'h HeaderMap) -> Self {
        let ranges = headers
            .get_all(header::ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter(|range| !range.trim().is_empty());
        Self(ranges.map(|range| (essence(range), weight(range))).collect())
    }

    /// The weight of a media type: that of the most exact range that covers it, or 0.
    fn weigh(&self, media: &str) -> u16 {
        if self.0.is_empty() {
            return 1000;
        }
        let group = media.split('/').next().unwrap_or_default();
        let is_of_group =
            |range: &str| range.strip_suffix("/*").is_some_and(|of| of.eq_ignore_ascii_case(group));
        let first = |covers: &dyn Fn(&str) -> bool| self.0.iter().find(|(range, _)| covers(range));
        let found = first(&|range| range.eq_ignore_ascii_case(media));
        let found = found.or_else(|| first(&is_of_group)).or_else(|| first(&|range| range == "*/*"));
        found.map_or(0, |(_, weight)| *weight)
    }

    /// The heaviest of the offered types, the first of them where several weigh the same; none if all weigh 0.
    fn choose(&self, offered: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
        let mut best = None;
        for media in offered {
            let weight = self.weigh(media);
            if weight > best.map_or(0, |(_, heaviest)| heaviest) {
                best = Some((media, weight));
            }
        }
        best.map(|(media, _)| media)
    }
}

fn weight(range: &str) -> u16 {
    let quality = range.split(';').skip(1).find_map(|parameter| parameter.trim().strip_prefix("q="));
    let Some(quality) = quality else { return 1000 };
    let (whole, thousandths) = quality.split_once('.').unwrap_or((quality, ""));
    match (whole, format!("{thousandths:0<3}").get(..3).and_then(|digits| digits.parse().ok())) {
        ("0", Some(thousandths)) => thousandths,
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::{FACES, NEXUS};

    fn chosen(accept: &'static str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        Accept::of(&headers).choose(FACES[2].types())
    }

    #[test]
    fn the_vendor_type_is_given_unless_others_are_preferred() {
        let rows = [
            ("*/*", Some(NEXUS)),
            ("", Some(NEXUS)),
            ("application/*", Some(NEXUS)),
            ("application/vnd.mx.nexus.v1+json", Some(NEXUS)),
            ("APPLICATION/VND.MX.NEXUS.V1+JSON; charset=utf-8", Some(NEXUS)),
            ("application/json", Some(JSON)),
            ("application/json, text/plain, */*", Some(NEXUS)),
            ("application/json, */*;q=0.1", Some(JSON)),
            ("text/html, application/json;q=0.9", Some(JSON)),
            ("application/vnd.mx.api.v1+json", Some("application/vnd.mx.api.v1+json")),
            ("application/vnd.moneydesktop.v1+json", Some("application/vnd.moneydesktop.v1+json")),
            ("application/vnd.mx.nexus.v1+json;q=0, application/json", Some(JSON)),
            ("text/html", None),
            ("application/vnd.mx.nexus.v9+json", None),
            ("application/json;q=0", None),
            ("nonsense", None),
        ];
        for (accept, media) in rows {
            assert_eq!(chosen(accept), media, "{accept}");
        }
    }
}
