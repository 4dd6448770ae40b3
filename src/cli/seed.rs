//! `seed`: made-up tenants and people for load tests, the same for the same seed.

mod place;
mod progress;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;
use clap::Args;
use domain::calendar::civil_date;
use domain::clock::{Clock as _, SettableClock};
use jiff::civil::Date;

use super::signals::Signals;
use super::{logging, terminal};
use crate::app::{self, Parts};
use crate::config::{LogConfig, LogFormat};
use crate::seed::{self, Plan};
use crate::system::{SystemClock, SystemEntropy};
use place::Place;
use progress::Teller;

/// What `seed` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The address of the data's database, which is empty or holds nothing but what this command made: `sqlite://PATH`, with
    /// the key store and the master key beside it, or `postgres://ROLE@HOST/DATABASE`, for which all else is configured as for
    /// `serve`.
    #[arg(long, value_name = "URL")]
    database_url: String,
    /// How many tenants, each with an agreement in force.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    tenants: u32,
    /// How many data subjects in all.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    subjects: u64,
    /// What everything is drawn from: the same number gives the same data.
    #[arg(long, value_name = "K", default_value_t = 1)]
    seed: u64,
    /// The day on which all this has happened by now; today, or the day of what is there already.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Where the key of the issuer of test tokens is put; on SQLite the database's folder when left out.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The configuration file with the key store, the roles and the master key; the environment alone when left out.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Makes up what is missing, and tells how to ask for it.
///
/// # Errors
/// When the database holds anything else, or fails; when it is told to stop.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut signals = Signals::listen()?;
    let log = LogConfig { format: LogFormat::Human, level: "warn".to_owned() };
    logging::start(&log, logging::Stream::Error)?;
    let today = civil_date(SystemClock.now());
    if let Some(day) = arguments.as_of.filter(|day| *day > today) {
        bail!("--as-of {day} is yet to come: give today or an earlier day");
    }
    let Arguments { tenants, subjects, seed, as_of, .. } = arguments;
    let place = Place::settle(arguments)?;
    let mut plan = Plan { tenants, subjects, seed, as_of: as_of.unwrap_or(today) };
    let clock = Arc::new(SettableClock::new(plan.now()));
    let (config, entropy) = (place.config.clone(), Arc::new(SystemEntropy));
    let gateway = app::for_seeding(Parts { config, clock: clock.clone(), entropy }).await?;
    if let (Some(day), None) = (seed::day_of(&gateway, &plan).await?, as_of) {
        plan.as_of = day;
        clock.set(plan.now());
    }
    let teller = Teller::new(plan);
    let tell = |progress| teller.tell(progress);
    tokio::select! {
        done = seed::run(&gateway, plan, &tell) => done?,
        () = signals.next() => {
            teller.end();
            bail!("stopped; the same command goes on where this one was");
        }
    }
    teller.end();
    terminal::say(&teller.summary());
    place.tell(&plan)
}
