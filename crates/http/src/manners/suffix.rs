//! `.json` at the end of a path, which old clients send.

use axum::extract::Request;
use axum::http::Uri;

use crate::media::Face;

/// The path ended in `.json`: the answer is JSON, whatever `Accept` says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JsonSuffix;

/// Takes `.json` off the path of a request to one of the faces.
pub(super) fn strip_json(request: &mut Request) {
    if let Some(uri) = stripped(request.uri()) {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(JsonSuffix);
    }
}

fn stripped(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    Face::of(path)?;
    let path = path.strip_suffix(".json").filter(|path| !path.ends_with('/'))?;
    let path_and_query = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path_and_query.parse().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_suffix_goes_and_the_query_stays() {
        let strip = |uri: &'static str| stripped(&Uri::from_static(uri)).map(|uri| uri.to_string());
        assert_eq!(strip("/members.json?page=2.json").as_deref(), Some("/members?page=2.json"));
        assert_eq!(strip("/mdx/acme/users/U-1.json").as_deref(), Some("/mdx/acme/users/U-1"));
        for kept in
            ["/members", "/openapi.json", "/.json", "/members/.json", "/sso/acme/users/1/api_token.xml"]
        {
            assert_eq!(strip(kept), None, "{kept}");
        }
    }
}
