//! What is told of one log.

use tlog::Report;

use crate::cli::terminal;

/// How many findings of our own are told of a log at most.
const TOLD: usize = 100;

/// Findings beside those about the tree, neighbours with the same fault as one.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    runs: Vec<(u64, u64, &'static str)>,
    all: u64,
}

impl Remarks {
    /// Notes a fault of an entry; in the order of the entries.
    pub(super) fn add(&mut self, entry: u64, fault: &'static str) {
        if let Some((_, last, same)) = self.runs.last_mut()
            && *same == fault
            && *last + 1 == entry
        {
            *last = entry;
            return;
        }
        self.all += 1;
        if self.runs.len() < TOLD {
            self.runs.push((entry, entry, fault));
        }
    }
}

/// What a log was found to be.
#[derive(Debug)]
pub(super) struct Verdict {
    /// The log's name.
    pub name: String,
    report: Report,
    remarks: Remarks,
    notes: Vec<String>,
}

impl Verdict {
    pub(super) const fn new(name: String, report: Report, remarks: Remarks) -> Self {
        Self { name, report, remarks, notes: Vec::new() }
    }

    /// Adds what should be known of it and is no fault.
    pub(super) fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// Whether nothing is wrong.
    pub(super) const fn is_sound(&self) -> bool {
        self.report.is_sound() && self.remarks.all == 0
    }

    /// Prints it.
    pub(super) fn tell(&self) {
        let Report { entries, heads, last_root, .. } = &self.report;
        let mut findings: Vec<(u64, String)> =
            self.report.findings.iter().map(|finding| (finding.first_entry, finding.to_string())).collect();
        findings.extend(self.remarks.runs.iter().map(|(first, last, fault)| {
            let entries =
                if first == last { format!("entry {first}") } else { format!("entries {first} to {last}") };
            (*first, format!("{entries}: {fault}"))
        }));
        findings.sort_by_key(|(first, _)| *first);
        let verdict = match findings.first() {
            None => "sound".to_owned(),
            Some((first, _)) => format!("not sound, first bad entry {first}"),
        };
        let (name, root) = (&self.name, last_root.to_base64());
        let mut lines = vec![format!("{name}: {entries} entries, {heads} heads, root {root}: {verdict}\n")];
        lines.extend(findings.iter().map(|(_, finding)| format!("  {finding}\n")));
        let all = self.report.all_findings.saturating_add(self.remarks.all);
        let told = u64::try_from(findings.len()).unwrap_or(u64::MAX);
        if all > told {
            lines.push(format!("  and {} findings more\n", all - told));
        }
        lines.extend(self.notes.iter().map(|note| format!("  note: {note}\n")));
        terminal::print(&lines.concat());
    }
}
