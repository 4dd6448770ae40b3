//! The platform's privacy policy, open to every valid token.

use async_graphql::{Context, Object, Result, SimpleObject};

use super::document::asked;
use super::organisation::Organisation;
use crate::graphql::operation::operation;
use crate::graphql::scalars::{Date, LanguageTag};
use crate::package::notice::Section;

/// The platform's privacy policy.
#[derive(SimpleObject)]
pub struct PrivacyNotice {
    /// Which version.
    version: String,
    /// Since when.
    effective_from: Date,
    /// Who publishes it.
    publisher: Organisation,
    /// The text, section by section.
    sections: Vec<PrivacyNoticeSection>,
}

/// A section of the privacy policy.
#[derive(SimpleObject)]
pub struct PrivacyNoticeSection {
    /// Heading.
    heading: String,
    /// Text (Markdown).
    body: String,
}

impl From<Section> for PrivacyNoticeSection {
    fn from(section: Section) -> Self {
        Self { heading: section.heading.to_owned(), body: section.body }
    }
}

#[derive(Default)]
pub struct PrivacyNoticeQuery;

#[Object]
impl PrivacyNoticeQuery {
    /// The platform's privacy policy, in sv or en. Open to every valid token.
    async fn privacy_notice(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Language of the text; the tenant's own when left out.",
            default_with = "LanguageTag(\"sv\".to_owned())"
        )]
        language: LanguageTag,
    ) -> Result<PrivacyNotice> {
        let gateway = &operation(ctx)?.gateway;
        let notice = gateway.privacy_notice(asked(&language)?);
        Ok(PrivacyNotice {
            version: notice.version.to_owned(),
            effective_from: notice.effective_from.into(),
            publisher: Organisation::from(&gateway.settings.processor),
            sections: notice.sections.into_iter().map(Into::into).collect(),
        })
    }
}
