//! What is told before there is an answer: receipt, question who asks, extension, progress, withdrawal.

use domain::deadline::IdentityPause;
use domain::personal::Personal;
use domain::request::extension::ExtensionGround;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Block, Draft, Identified, heading, paragraph};

impl Draft<'_> {
    pub(super) fn received(&self, due_on: Date, identified: Identified) -> Vec<Block> {
        let texts = &self.texts.receipt;
        let next = match identified {
            Identified::Yes => texts.identified,
            Identified::No => texts.unidentified,
        };
        let mut blocks = vec![paragraph(next), self.due(due_on)];
        blocks.extend(self.meanwhile());
        blocks.push(paragraph(texts.free));
        blocks
    }

    /// Art. 12(6): what is needed, and that no copy of a document is kept.
    pub(super) fn identity_asked(
        &self,
        asked_at: Timestamp,
        reason: Option<&Personal<String>>,
    ) -> Vec<Block> {
        let texts = &self.texts.identity;
        let mut blocks = vec![Block::Paragraph((texts.asked)(&self.head.day(asked_at)))];
        blocks.extend(reason.map(|reason| Block::Paragraph((texts.reason)(reason.reveal()))));
        blocks.extend([
            heading(texts.how),
            paragraph(texts.means_introduction),
            Block::Bullets(texts.means.iter().map(|means| (*means).to_owned()).collect()),
            paragraph(texts.no_copy),
        ]);
        blocks
    }

    /// What the question does to the time. The law has two readings: the one in use is named.
    pub(super) fn identity_time(&self, pause: IdentityPause, unpaused_due_on: Date) -> Vec<Block> {
        let texts = &self.texts.identity;
        let told = match pause {
            IdentityPause::Pauses => texts.pauses,
            IdentityPause::RunsOn => texts.runs_on,
        };
        let mut blocks = vec![heading(texts.time), Block::Paragraph(told(&self.head.date(unpaused_due_on)))];
        blocks.extend(self.meanwhile());
        blocks.push(paragraph(texts.otherwise));
        blocks
    }

    /// Art. 12(3): the extension with its reasons.
    pub(super) fn extended(
        &self,
        grounds: &[ExtensionGround],
        reason: Option<&Personal<String>>,
        due_on: Date,
    ) -> Vec<Block> {
        let texts = &self.texts.extension;
        let mut blocks = vec![paragraph(texts.told), self.due(due_on), heading(texts.why)];
        blocks
            .push(Block::Bullets(grounds.iter().map(|ground| (texts.ground)(*ground).to_owned()).collect()));
        blocks.extend(reason.map(|reason| paragraph(reason.reveal())));
        blocks.extend(self.meanwhile());
        blocks
    }

    pub(super) fn in_progress(&self, due_on: Date) -> Vec<Block> {
        let mut blocks = vec![paragraph(self.texts.progress.told), self.due(due_on)];
        blocks.extend(self.meanwhile());
        blocks
    }

    pub(super) fn withdrawn(&self, at: Timestamp) -> Vec<Block> {
        let texts = &self.texts.withdrawn;
        let mut blocks = vec![Block::Paragraph((texts.told)(&self.head.day(at)))];
        blocks.extend(self.meanwhile());
        blocks.push(paragraph(texts.again));
        blocks
    }

    fn due(&self, due_on: Date) -> Block {
        Block::Paragraph((self.texts.due)(&self.head.date(due_on)))
    }
}
