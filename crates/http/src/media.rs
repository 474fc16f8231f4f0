//! The faces and the media types each of them speaks.

/// Plain JSON, taken wherever a vendor type is.
pub const JSON: &str = "application/json";
/// The media type of the Nexus face.
pub const NEXUS: &str = "application/vnd.mx.nexus.v1+json";
/// The JSON media type of the SSO v3 face.
pub const SSO: &str = "application/vnd.moneydesktop.sso.v3+json";
/// The XML media type of the SSO v3 face.
pub const SSO_XML: &str = "application/vnd.moneydesktop.sso.v3+xml";
/// Plain XML, taken wherever the XML vendor type is.
pub const XML: &str = "application/xml";
/// The media type of the MDX Real Time v5 face.
pub const MDX: &str = "application/vnd.moneydesktop.mdx.v5+json";

/// Older and sibling types that Nexus clients send in either direction.
const NEXUS_SIBLINGS: &[&str] = &[
    "application/vnd.mx.api.v1+json",
    "application/vnd.mx.nexus.beta+json",
    "application/vnd.moneydesktop.v1+json",
];

/// A face: a group of paths that speak one media type.
#[derive(Debug, PartialEq, Eq)]
pub struct Face {
    /// What its paths begin with; empty for the Nexus face, which takes all that is left.
    pub prefix: &'static str,
    /// Its own media type, answered unless the client accepts others only.
    pub vendor: &'static str,
    /// Further JSON types that it reads and answers, besides plain JSON.
    pub siblings: &'static [&'static str],
    /// The name of its security scheme.
    pub security: &'static str,
}

/// The faces that negotiate, the catch-all last.
pub const FACES: &[Face] = &[
    Face { prefix: "/sso/", vendor: SSO, siblings: &[], security: "apiKey" },
    Face { prefix: "/mdx/", vendor: MDX, siblings: &[], security: "apiKey" },
    Face { prefix: "", vendor: NEXUS, siblings: NEXUS_SIBLINGS, security: "sessionToken" },
];

/// The control face of a sandbox: it negotiates nothing, and has a document of its own.
pub const CONTROL: &[Face] =
    &[Face { prefix: "/control/", vendor: JSON, siblings: &[], security: "controlKey" }];

/// Paths of pages, machines and test suites: they answer in one form each and negotiate nothing.
const PLAIN: &[&str] = &[
    "/.well-known/",
    "/banks/",
    "/connect/",
    "/console",
    "/control/",
    "/health/",
    "/metrics",
    "/oauth/",
    "/openapi.json",
];

impl Face {
    /// The face that a path belongs to; none for pages and machines.
    pub fn of(path: &str) -> Option<&'static Self> {
        if PLAIN.iter().any(|plain| path.starts_with(plain)) {
            return None;
        }
        FACES.iter().find(|face| path.starts_with(face.prefix))
    }

    /// All JSON types of the face, its own first.
    pub fn types(&self) -> impl Iterator<Item = &'static str> + use<> {
        [self.vendor, JSON].into_iter().chain(self.siblings.iter().copied())
    }
}

/// A media type without its parameters, for comparison.
pub(crate) fn essence(value: &str) -> &str {
    value.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_has_its_face() {
        let vendor = |path| Face::of(path).map(|face| face.vendor);
        assert_eq!(vendor("/members"), Some(NEXUS));
        assert_eq!(vendor("/sso/acme/users/1/api_token"), Some(SSO));
        assert_eq!(vendor("/mdx/acme/users"), Some(MDX));
        for plain in ["/health/live", "/metrics", "/openapi.json", "/connect/", "/control/clock"] {
            assert_eq!(vendor(plain), None, "{plain}");
        }
    }
}
