//! Why nothing is done (Art. 12(4)). The remedies follow in every letter that can be contested.

use domain::personal::Personal;
use domain::request::refusal::RefusalGround;

use super::{Block, Draft, heading, paragraph};

impl Draft<'_> {
    pub(super) fn refused(&self, ground: RefusalGround, reasons: Option<&Personal<String>>) -> Vec<Block> {
        let texts = &self.texts.refusal;
        let mut blocks =
            vec![paragraph(texts.told), heading(texts.why), Block::Paragraph(self.ground(ground))];
        blocks.extend(reasons.map(|reasons| paragraph(reasons.reveal())));
        blocks.extend((texts.consequence)(ground).map(paragraph));
        blocks.extend(self.meanwhile());
        blocks
    }

    /// The ground. Where it is the article of the right itself, that is named.
    fn ground(&self, ground: RefusalGround) -> String {
        let told = ground.text(self.case.language);
        if ground.article().is_some() {
            return told.to_owned();
        }
        format!("{told} {}", (self.texts.refusal.conditions)(self.case.kind.article()))
    }

    pub(super) fn closed_by_erasure(&self, reasons: Option<&Personal<String>>) -> Vec<Block> {
        let mut blocks = vec![paragraph(self.texts.refusal.erased)];
        blocks.extend(reasons.map(|reasons| paragraph(reasons.reveal())));
        blocks.extend(self.meanwhile());
        blocks
    }
}
