//! The form of the answer: what `Accept` asks for and the face can give.

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
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
];

/// The media type that was agreed on: an extension of the request, for operations with a choice of forms.
#[derive(Clone, Copy, Debug)]
pub struct AnswerType(pub &'static str);

/// Agrees on a media type before the operation runs, and writes it on every JSON answer.
pub(crate) async fn negotiate(mut request: Request, next: Next) -> Response {
    let Some(face) = Face::of(request.uri().path()) else {
        return next.run(request).await;
    };
    let wanted = Accept::of(request.headers());
    let chosen = if request.extensions().get::<JsonSuffix>().is_some() {
        wanted.choose(face.types()).or(Some(face.vendor))
    } else {
        let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
        let others =
            OTHER_FORMS.iter().find(|(template, _)| route == Some(template)).map_or(&[][..], |row| row.1);
        wanted.choose(face.types().chain(others.iter().copied()))
    };
    let mut response = match chosen {
        Some(chosen) => {
            request.extensions_mut().insert(AnswerType(chosen));
            next.run(request).await
        }
        None => ApiError::from(ErrorCode::NotAcceptable).into_response(),
    };
    // An answer in another form, and a failure of an operation that has one, keep to JSON's vendor type.
    let json = chosen.filter(|chosen| face.types().any(|known| known == *chosen)).unwrap_or(face.vendor);
    if response.headers().get(header::CONTENT_TYPE).is_some_and(|given| given == JSON) {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(json));
    }
    response
}

/// `Accept`, as media ranges with their weights in thousandths.
struct Accept(Vec<(String, u16)>);

impl Accept {
    /// All `Accept` headers of a request; none at all accepts everything.
    fn of(headers: &HeaderMap) -> Self {
        let ranges: Vec<_> = headers
            .get_all(header::ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter(|range| !range.trim().is_empty())
            .map(|range| (essence(range).to_ascii_lowercase(), weight(range)))
            .collect();
        if ranges.is_empty() { Self(vec![("*/*".to_owned(), 1000)]) } else { Self(ranges) }
    }

    /// The weight of a media type: that of the most exact range that covers it, or 0.
    fn weigh(&self, media: &str) -> u16 {
        let group = media.split('/').next().unwrap_or_default();
        let of = |range: &str| self.0.iter().find(|(given, _)| given == range).map(|(_, weight)| *weight);
        of(media).or_else(|| of(&format!("{group}/*"))).or_else(|| of("*/*")).unwrap_or(0)
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
