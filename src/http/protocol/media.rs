//! Media types: how a request may be written and how its answer will be.

use thiserror::Error;

/// The media type of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseMedia {
    /// `application/graphql-response+json`: the status tells what became of the request.
    GraphqlResponse,
    /// `application/json`: 200 for every well-formed request, for clients of before the draft.
    Json,
}

impl ResponseMedia {
    /// Value of the `Content-Type` header.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    const fn essence(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json",
            Self::Json => "application/json",
        }
    }
}

/// The client accepts neither media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("answers are application/graphql-response+json or application/json, in UTF-8")]
pub struct NotAcceptable;

/// The body is not JSON in UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the body of a request is application/json in UTF-8")]
pub struct UnsupportedMedia;

/// Chooses the media type of the answer (RFC 9110 section 12.5.1).
///
/// The higher quality wins. Between equals, `application/graphql-response+json` is chosen where the client names
/// it, and `application/json` where it only does not mind (`*/*`, no header).
///
/// # Errors
///
/// [`NotAcceptable`], when the header allows neither type or neither in UTF-8.
pub fn negotiate(accept: Option<&str>) -> Result<ResponseMedia, NotAcceptable> {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else {
        return Ok(ResponseMedia::Json);
    };
    let graphql = Preference::of(accept, ResponseMedia::GraphqlResponse.essence());
    let json = Preference::of(accept, ResponseMedia::Json.essence());
    if graphql.quality == 0 && json.quality == 0 {
        return Err(NotAcceptable);
    }
    let named = graphql.precision == Precision::Named;
    let wins = graphql.quality > json.quality || (graphql.quality == json.quality && named);
    Ok(if wins { ResponseMedia::GraphqlResponse } else { ResponseMedia::Json })
}

/// Whether a browser asks for a page to look at rather than for data.
#[must_use]
pub fn prefers_page(accept: Option<&str>) -> bool {
    accept.is_some_and(|accept| {
        let page = Preference::of(accept, "text/html");
        page.precision == Precision::Named
            && page.quality > 0
            && [ResponseMedia::GraphqlResponse, ResponseMedia::Json]
                .iter()
                .all(|media| Preference::of(accept, media.essence()).quality <= page.quality)
    })
}

/// Checks the `Content-Type` of a body.
///
/// # Errors
///
/// [`UnsupportedMedia`], unless it is `application/json`, with no `charset` or with `utf-8`.
pub fn check_content_type(content_type: Option<&str>) -> Result<(), UnsupportedMedia> {
    let range = content_type.map(Range::read).ok_or(UnsupportedMedia)?;
    if is_json(content_type) && range.utf8 { Ok(()) } else { Err(UnsupportedMedia) }
}

/// Whether a `Content-Type` names JSON, whatever its parameters.
pub(super) fn is_json(content_type: Option<&str>) -> bool {
    content_type
        .is_some_and(|text| Range::read(text).essence.eq_ignore_ascii_case(ResponseMedia::Json.essence()))
}

/// How closely a media range names a type; the closest one decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precision {
    None,
    Any,
    Family,
    Named,
}

/// What a header says about one media type; quality in thousandths.
#[derive(Debug, Clone, Copy)]
struct Preference {
    precision: Precision,
    quality: u16,
}

impl Preference {
    fn of(accept: &str, essence: &str) -> Self {
        let start = Self { precision: Precision::None, quality: 0 };
        accept.split(',').map(Range::read).filter(|range| range.utf8).fold(start, |best, range| {
            let precision = range.precision(essence);
            if precision > best.precision { Self { precision, quality: range.quality } } else { best }
        })
    }
}

/// A media type or range with the parameters that matter here.
struct Range<'h> {
    essence: &'h str,
    quality: u16,
    utf8: bool,
}

impl<'h> Range<'h> {
    fn read(text: &'h str) -> Self {
        let mut parts = text.split(';').map(str::trim);
        let mut range = Self { essence: parts.next().unwrap_or_default(), quality: 1_000, utf8: true };
        for parameter in parts {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            if name.eq_ignore_ascii_case("q") {
                range.quality = quality(value);
            } else if name.eq_ignore_ascii_case("charset") {
                let value = value.trim_matches('"');
                range.utf8 = value.eq_ignore_ascii_case("utf-8") || value.eq_ignore_ascii_case("utf8");
            }
        }
        range
    }

    fn precision(&self, essence: &str) -> Precision {
        let family = essence.split_once('/').map_or(essence, |(family, _)| family);
        match self.essence.split_once('/') {
            Some(("*", "*")) => Precision::Any,
            Some((named, "*")) if named.eq_ignore_ascii_case(family) => Precision::Family,
            _ if self.essence.eq_ignore_ascii_case(essence) => Precision::Named,
            _ => Precision::None,
        }
    }
}

/// A weight of 0 to 1 in thousandths; what is no weight counts as 0.
pub(super) fn quality(text: &str) -> u16 {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = decimals.len() <= 3 && decimals.bytes().all(|byte| byte.is_ascii_digit());
    let thousandths = format!("{decimals:0<3}").parse::<u16>().unwrap_or_default();
    match whole {
        "0" if digits => thousandths,
        "1" if digits && thousandths == 0 => 1_000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAPHQL: Result<ResponseMedia, NotAcceptable> = Ok(ResponseMedia::GraphqlResponse);
    const JSON: Result<ResponseMedia, NotAcceptable> = Ok(ResponseMedia::Json);

    #[test]
    fn the_answer_is_in_the_media_type_that_the_client_prefers() {
        let table = [
            (None, JSON),
            (Some(""), JSON),
            (Some("*/*"), JSON),
            (Some("application/*"), JSON),
            (Some("application/json"), JSON),
            (Some("Application/JSON; charset=UTF-8"), JSON),
            (Some("application/graphql-response+json"), GRAPHQL),
            (Some("application/graphql-response+json; charset=utf-8"), GRAPHQL),
            (Some("application/graphql-response+json, application/json;q=0.9"), GRAPHQL),
            (Some("application/graphql-response+json, application/json"), GRAPHQL),
            (Some("application/json, application/graphql-response+json"), GRAPHQL),
            (Some("application/json, application/graphql-response+json;q=0.5"), JSON),
            (Some("application/graphql-response+json, */*"), GRAPHQL),
            (Some("application/json, */*"), JSON),
            (Some("application/json;q=0.5, */*"), GRAPHQL),
            (Some("application/json;q=0, */*;q=0.1"), GRAPHQL),
            (Some("text/html,application/xhtml+xml,*/*;q=0.8"), JSON),
            (Some("application/json;charset=latin1"), Err(NotAcceptable)),
            (Some("application/json;q=0"), Err(NotAcceptable)),
            (Some("application/json;q=2"), Err(NotAcceptable)),
            (Some("*/*;q=0"), Err(NotAcceptable)),
            (Some("text/html"), Err(NotAcceptable)),
            (Some(";;,/"), Err(NotAcceptable)),
        ];
        for (accept, expected) in table {
            assert_eq!(negotiate(accept), expected, "{accept:?}");
        }
    }

    #[test]
    fn bodies_are_json_in_utf_8() {
        let good = [
            "application/json",
            "APPLICATION/json ;Charset=\"UTF-8\"",
            "application/json; charset=utf8; x=y",
        ];
        for content_type in good {
            assert_eq!(check_content_type(Some(content_type)), Ok(()), "{content_type}");
        }
        let bad = [
            None,
            Some(""),
            Some("text/plain"),
            Some("application/json; charset=iso-8859-1"),
            Some("application/graphql"),
            Some("application/json, text/plain"),
            Some("text/plain; application/json"),
            Some("application/jsonp"),
            Some("multipart/form-data; boundary=x"),
        ];
        for content_type in bad {
            assert_eq!(check_content_type(content_type), Err(UnsupportedMedia), "{content_type:?}");
        }
    }

    #[test]
    fn weights_are_read_strictly() {
        let table = [("1", 1_000), ("0", 0), ("0.5", 500), ("0.125", 125), ("1.000", 1_000)];
        for (text, expected) in table {
            assert_eq!(quality(text), expected, "{text}");
        }
        for text in ["", "2", "1.001", "0.1234", "-1", ".5", "0.x", "NaN"] {
            assert_eq!(quality(text), 0, "{text}");
        }
    }

    #[test]
    fn a_page_is_for_browsers_only() {
        assert!(prefers_page(Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")));
        assert!(!prefers_page(Some("*/*")));
        assert!(!prefers_page(Some("application/json, text/html;q=0.5")));
        assert!(!prefers_page(None));
    }
}
