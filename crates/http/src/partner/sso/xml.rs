//! Bodies in XML: a document reads as the JSON that it stands for.
//!
//! An element is a field. What holds text alone is that text, what is empty is absent, what holds elements is an object; it
//! is a list where its name is the plural of theirs, or `type="array"` says so.

use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value};

use crate::body::{Body, RequestBody, read_as, receive_as};
use crate::error::{ApiError, ErrorCode};
use crate::media::{SSO_XML, XML, essence};

/// Elements within elements.
const DEEPEST: usize = 16;

/// The body of an operation, in JSON or in XML.
pub(super) async fn read<T: RequestBody>(request: Request) -> Result<T, ApiError> {
    let given = request.headers().get(CONTENT_TYPE).and_then(|given| given.to_str().ok());
    let is_xml =
        given.is_some_and(|given| [SSO_XML, XML].iter().any(|xml| xml.eq_ignore_ascii_case(essence(given))));
    if !is_xml {
        return Body::from_request(request, &()).await.map(|Body(body)| body);
    }
    let bytes = receive_as(request, |_, given| {
        let charset = given.split(';').skip(1).find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
        });
        if charset.is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8")) {
            Ok(())
        } else {
            Err(not_utf8())
        }
    });
    let bytes = bytes.await?;
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        ApiError::bad_request(format!("The request body is not UTF-8 from byte {} on.", error.valid_up_to()))
    })?;
    read_as(document(text)?)
}

fn not_utf8() -> ApiError {
    let message = format!("The request body must be UTF-8: send Content-Type: {SSO_XML}.");
    ApiError::new(ErrorCode::UnsupportedMediaType, message)
}

/// An element that has begun.
#[derive(Default)]
struct Open {
    name: String,
    is_list: bool,
    text: String,
    children: Vec<(String, Value)>,
}

impl Open {
    fn of(start: &BytesStart<'_>) -> Self {
        let name = start.name().as_ref().to_owned();
        let kind = start.try_get_attribute("type").ok().flatten();
        let is_list = kind.is_some_and(|kind| kind.value.as_ref() == "array");
        Self { name, is_list, ..Self::default() }
    }

    /// What it stands for.
    fn close(self) -> (String, Value) {
        let plural = |one: &str| self.name == format!("{one}s");
        let is_list =
            self.is_list || (!self.children.is_empty() && self.children.iter().all(|(name, _)| plural(name)));
        let value = if is_list {
            Value::Array(self.children.into_iter().map(|(_, value)| value).collect())
        } else if !self.children.is_empty() {
            Value::Object(Map::from_iter(self.children))
        } else if self.text.trim().is_empty() {
            Value::Null
        } else {
            Value::String(self.text.trim().to_owned())
        };
        (self.name, value)
    }
}

/// A document as an object with one field, its root.
fn document(text: &str) -> Result<Value, ApiError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Open> = Vec::new();
    let mut root: Option<(String, Value)> = None;
    loop {
        let at = reader.buffer_position();
        let wrong = || unreadable(at);
        let event = reader.read_event().map_err(|_| wrong())?;
        let closed = match event {
            Event::Start(start) if root.is_none() && open.len() < DEEPEST => {
                open.push(Open::of(&start));
                None
            }
            Event::Empty(start) if root.is_none() => Some(Open::of(&start)),
            Event::End(_) => Some(open.pop().ok_or_else(wrong)?),
            Event::Text(text) => {
                match open.last_mut() {
                    Some(last) => last.text.push_str(&text),
                    None if text.trim().is_empty() => {}
                    None => return Err(wrong()),
                }
                None
            }
            Event::CData(text) => {
                open.last_mut().ok_or_else(wrong)?.text.push_str(&text);
                None
            }
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => character,
                    Ok(None) => named(&reference).ok_or_else(wrong)?,
                    Err(_) => return Err(wrong()),
                };
                open.last_mut().ok_or_else(wrong)?.text.push(character);
                None
            }
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().transpose().map_err(|_| wrong())?;
                if encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case("utf-8")) {
                    return Err(not_utf8());
                }
                None
            }
            Event::Comment(_) | Event::PI(_) => None,
            Event::Eof => break,
            // A type of document could say what names stand for; nobody needs it here.
            Event::DocType(_) | Event::Start(_) | Event::Empty(_) => return Err(wrong()),
        };
        if let Some(closed) = closed {
            let closed = closed.close();
            match open.last_mut() {
                Some(outer) => outer.children.push(closed),
                None => root = Some(closed),
            }
        }
    }
    match root {
        Some((name, value)) if open.is_empty() => {
            let fields = if value.is_null() { Value::Object(Map::new()) } else { value };
            Ok(Value::Object(Map::from_iter([(name, fields)])))
        }
        _ => Err(unreadable(reader.buffer_position())),
    }
}

/// The characters that XML itself names.
fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

fn unreadable(at: u64) -> ApiError {
    ApiError::bad_request(format!("The request body is not an XML document of elements and text: byte {at}."))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_document_reads_as_the_json_that_it_stands_for() {
        for (xml, stands_for) in [
            ("<url/>", json!({"url": {}})),
            ("<url> <mode/> </url>", json!({"url": {"mode": null}})),
            (
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- x --><url><type>connect_widget</type>\n</url>\n",
                json!({"url": {"type": "connect_widget"}}),
            ),
            (
                "<url><use_cases><use_case>PFM</use_case></use_cases></url>",
                json!({"url": {"use_cases": ["PFM"]}}),
            ),
            (
                "<url><x type=\"array\"/><y type=\"array\"><z>1</z></y></url>",
                json!({"url": {"x": [], "y": ["1"]}}),
            ),
            (
                "<url><data_request><products><product>transactions</product></products></data_request></url>",
                json!({"url": {"data_request": {"products": ["transactions"]}}}),
            ),
            (
                "<url><a>&lt;&#233;&amp;&apos;</a><b><![CDATA[<b>]]></b></url>",
                json!({"url": {"a": "<é&'", "b": "<b>"}}),
            ),
        ] {
            assert_eq!(document(xml).unwrap(), stands_for, "{xml}");
        }
    }

    #[test]
    fn what_is_no_such_document_is_refused() {
        let deep = "<a>".repeat(100_000);
        for xml in [
            "",
            "text",
            "<url>",
            "<url></ur>",
            "</url>",
            "<url/><url/>",
            "<url/>text",
            "<!DOCTYPE url [<!ENTITY a \"b\">]><url><type>&a;</type></url>",
            "<url>&a;</url>",
            "<url>&#0;</url>",
            "{\"url\":{}}",
            &deep,
        ] {
            let refused = document(xml).unwrap_err();
            assert_eq!(refused.code(), ErrorCode::BadRequest, "{}", xml.get(..40).unwrap_or(xml));
        }
        let latin = document("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><url/>").unwrap_err();
        assert_eq!(latin.code(), ErrorCode::UnsupportedMediaType);
    }
}
