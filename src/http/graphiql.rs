//! GraphiQL for people who try the API in a browser, served from the binary itself: nothing is loaded from anywhere
//! else, and nothing that is typed there is kept.

use std::borrow::Cow;

use rust_embed::Embed;

/// Where the page expects its files.
pub const ASSET_PREFIX: &str = "/graphiql/";

/// The page, to be given to [`asset`].
pub const PAGE: &str = "index.html";

/// `Content-Security-Policy` of the page and its files: scripts, styles and calls of this origin only. All works
/// under it but one thing: the style element that would stop the page from scrolling behind a dialog is refused.
pub const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
     img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[derive(Embed)]
#[folder = "assets/graphiql/"]
struct Files;

/// A file of the page.
pub struct Asset {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// Value of the `Content-Type` header.
    pub media_type: &'static str,
    /// Whether its name holds its version, so that it can be cached for good.
    pub immutable: bool,
}

/// The file of that name, without a leading slash; `None` for unknown names, which are never looked up on disk.
#[must_use]
pub fn asset(path: &str) -> Option<Asset> {
    let media_type = media_type(path)?;
    let immutable = path.contains(".min.");
    Files::get(path).map(|file| Asset { bytes: file.data, media_type, immutable })
}

/// The names of all files.
pub fn names() -> impl Iterator<Item = Cow<'static, str>> {
    Files::iter()
}

fn media_type(path: &str) -> Option<&'static str> {
    match path.rsplit_once('.')?.1 {
        "html" => Some("text/html; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "txt" => Some("text/plain; charset=utf-8"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn text(path: &str) -> String {
        String::from_utf8(asset(path).unwrap().bytes.into_owned()).unwrap()
    }

    /// What stands between the quotation marks of an attribute.
    fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
        page.split(name).skip(1).filter_map(|rest| rest.split('"').nth(1)).collect()
    }

    #[test]
    fn the_page_refers_to_embedded_files_alone() {
        let page = text(PAGE);
        let references: Vec<&str> =
            ["src=", "href="].iter().flat_map(|name| attributes(&page, name)).collect();
        assert!(references.len() >= 6, "{references:?}");
        for reference in references.into_iter().filter(|reference| *reference != "data:,") {
            assert!(asset(reference.strip_prefix(ASSET_PREFIX).unwrap()).is_some(), "{reference}");
        }
        assert!(!page.contains("://") && !page.contains("<style"));
        assert!(
            page.split("<script").skip(1).all(|script| script
                .split_once('>')
                .unwrap()
                .1
                .starts_with("</script>"))
        );
    }

    #[test]
    fn own_files_and_styles_name_no_other_origin() {
        for path in ["start.js", "style.css"] {
            assert!(!text(path).contains("://"), "{path}");
        }
        let styles = text("graphiql-3.9.0.min.css");
        assert!(!styles.contains("://") && !styles.contains("@import"));
        assert!(
            styles
                .split("url(")
                .skip(1)
                .all(|address| address.starts_with("data:") || address.starts_with('#'))
        );
    }

    #[test]
    fn only_files_with_a_version_in_their_name_are_cached_for_good() {
        assert!(asset("graphiql-3.9.0.min.js").unwrap().immutable);
        assert!(asset("react-18.3.1.min.js").unwrap().immutable);
        assert!(!asset("start.js").unwrap().immutable);
        assert!(!asset(PAGE).unwrap().immutable);
    }

    #[test]
    fn unknown_names_are_not_found() {
        for path in ["", "/index.html", "../Cargo.toml", "graphiql.rs", "index.html/", "LICENSES"] {
            assert!(asset(path).is_none(), "{path}");
        }
    }
}
