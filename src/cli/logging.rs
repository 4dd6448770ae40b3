//! The log: our own lines at the level that is asked for, other libraries' warnings, and never a statement, whatever
//! the level. What libraries say below a warning can hold headers, and so tokens.

use std::io::IsTerminal as _;

use anyhow::Context as _;
use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::FilterFn;
use tracing_subscriber::fmt::layer;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer};

use crate::config::{LogConfig, LogFormat};

/// Crates whose lines are ours.
const OURS: [&str; 4] = ["gateway", "auth", "store", "privacy_gateway"];
/// How the names of those begin whose lines are never told: the database driver reports slow statements with their text,
/// and what a client sends amiss is no error of ours, so that nobody fills the log by sending it.
const NEVER: [&str; 2] = ["sql", "actix_http"];

/// Where lines go.
#[derive(Debug, Clone, Copy)]
pub enum Stream {
    /// Standard output, for a service.
    Output,
    /// Standard error, where standard output is for a person.
    Error,
}

/// Starts the log of the process.
///
/// # Errors
/// When the level is none.
pub fn start(config: &LogConfig, stream: Stream) -> anyhow::Result<()> {
    let level = EnvFilter::try_new(&config.level).context("log.level: expected a level such as info")?;
    let subscriber = tracing_subscriber::registry()
        .with(level)
        .with(FilterFn::new(may_be_told))
        .with(lines(config.format, stream));
    subscriber.try_init().context("the log was already started")?;
    std::panic::set_hook(Box::new(|panic| {
        // The message can hold a value.
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place = place.as_deref(), "panic");
    }));
    Ok(())
}

fn may_be_told(metadata: &Metadata<'_>) -> bool {
    told(metadata.target(), *metadata.level())
}

fn told(target: &str, level: Level) -> bool {
    let ours = OURS.iter().any(|ours| target == *ours || target.starts_with(&format!("{ours}::")));
    let never = NEVER.iter().any(|never| target.starts_with(never));
    ours || (level <= LevelFilter::WARN && !never)
}

fn lines<S>(format: LogFormat, stream: Stream) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'s> LookupSpan<'s>,
{
    match (format, stream) {
        (LogFormat::Json, Stream::Output) => layer().json().flatten_event(true).boxed(),
        (LogFormat::Json, Stream::Error) => {
            layer().json().flatten_event(true).with_writer(std::io::stderr).boxed()
        }
        (LogFormat::Human, Stream::Output) => layer().with_ansi(std::io::stdout().is_terminal()).boxed(),
        (LogFormat::Human, Stream::Error) => {
            layer().with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr).boxed()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_and_other_libraries_details_are_told_at_no_level() {
        for (target, level, expected) in [
            ("gateway::http::envelope", Level::INFO, true),
            ("store::audit::writer", Level::TRACE, true),
            ("storehouse", Level::INFO, false),
            ("hyper::proto", Level::TRACE, false),
            ("actix_http::h1::dispatcher", Level::ERROR, false),
            ("actix_server::builder", Level::INFO, false),
            ("log", Level::ERROR, true),
        ] {
            assert_eq!(told(target, level), expected, "{target} {level}");
        }
        for target in NEVER {
            assert!(!told(&format!("{target}::query"), Level::ERROR), "{target}");
        }
    }
}
