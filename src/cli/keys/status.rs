//! Which keys lie under which.

use clap::Args;
use domain::calendar::civil_date;
use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};
use store::{KeyCensus, MasterKeyUse, Standing, TenantKeyUse};

use crate::app;
use crate::cli::place::{Place, Taken};
use crate::cli::terminal;

/// What `keys status` takes.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// Prints everything as JSON, each tenant with its keys.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// What is told beside the counts.
struct Frame {
    keeper: &'static str,
    backup_days: u64,
    now: Timestamp,
}

/// Tells.
pub(super) async fn tell(arguments: Status) -> anyhow::Result<()> {
    let Taken { parts, folder: _folder } = arguments.place.take()?;
    let keys = &parts.config.keys;
    let keeper = keys.keeper().name();
    let frame = Frame { keeper, backup_days: keys.backup_days, now: parts.clock.now() };
    let census = app::store(parts).await?.key_census().await?;
    if arguments.json {
        terminal::say(&format!("{:#}", as_json(&census, &frame)));
    } else {
        terminal::print(&as_text(&census, &frame));
    }
    Ok(())
}

fn as_text(census: &KeyCensus, frame: &Frame) -> String {
    let mut lines = vec![format!("master keys, kept by {}:", frame.keeper)];
    lines.extend(census.masters.iter().map(|key| master(key, frame.now)));
    let ages = census.tenants.iter().filter_map(|of| of.wrappers.first()).map(|key| key.created_at);
    lines.push(match (ages.clone().min(), ages.max()) {
        (Some(oldest), Some(newest)) => format!(
            "tenants: {}; their wrapping keys are between {} and {} days old",
            census.tenants.len(),
            days(newest, frame.now),
            days(oldest, frame.now)
        ),
        _ => "tenants: none has keys yet".to_owned(),
    });
    for of in census.tenants.iter().filter(|of| of.wrappers.len() > 1) {
        lines.extend(rotating(of, frame.now));
    }
    lines.push(left(census));
    lines.push(window(frame));
    lines.join("\n") + "\n"
}

fn master(key: &MasterKeyUse, now: Timestamp) -> String {
    let name = match key.standing {
        Standing::Unnamed => "from before wrapped keys named their master key".to_owned(),
        _ => key.id.to_string(),
    };
    let since = key.since.map(|since| format!(", {} days old", days(since, now))).unwrap_or_default();
    format!(
        "  {name}: {}{since}; {} keys of tenants, {} of the platform lie under it",
        standing(key.standing),
        key.tenant_keys,
        key.platform_keys
    )
}

fn rotating(of: &TenantKeyUse, now: Timestamp) -> Vec<String> {
    let mut lines = vec![format!("  {}:", of.tenant)];
    lines.extend(of.wrappers.iter().map(|key| {
        let age = days(key.created_at, now);
        format!("    {}: {}, {age} days old; {} keys lie under it", key.id, standing(key.standing), key.keys)
    }));
    lines
}

/// What is to be done next, if anything is.
fn left(census: &KeyCensus) -> String {
    let is_former = |standing| standing != Standing::Newest;
    let under_masters: u64 = census
        .masters
        .iter()
        .filter(|key| is_former(key.standing))
        .map(|key| key.tenant_keys + key.platform_keys)
        .sum();
    let former = || census.tenants.iter().flat_map(|of| &of.wrappers).filter(|key| is_former(key.standing));
    let under_tenants: u64 = former().map(|key| key.keys).sum();
    if under_masters > 0 {
        format!("rotation: {under_masters} keys lie under a former master key: `keys rotate --master`")
    } else if under_tenants > 0 {
        format!(
            "rotation: {under_tenants} keys lie under a former key of their tenant: `keys rotate --all-tenants`"
        )
    } else if former().count() > 0 {
        format!(
            "rotation: {} former keys of tenants can be destroyed: `keys rotate --finish`",
            former().count()
        )
    } else {
        "rotation: nothing is left of one".to_owned()
    }
}

fn window(frame: &Frame) -> String {
    let gone = i64::try_from(frame.backup_days)
        .ok()
        .and_then(|kept| frame.now.checked_add((kept * 24).hours()).ok());
    let gone = gone.map(|gone| format!(": what is destroyed today is in no copy after {}", civil_date(gone)));
    let kept =
        if frame.backup_days == 1 { "1 day".to_owned() } else { format!("{} days", frame.backup_days) };
    format!("backups of the key store are kept {kept} at most{}", gone.unwrap_or_default())
}

fn days(since: Timestamp, now: Timestamp) -> i64 {
    now.duration_since(since).as_hours().max(0) / 24
}

const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Newest => "wraps",
        Standing::Former => "only unwraps",
        Standing::Unnamed => "only unwrapped",
        Standing::Missing => "MISSING",
    }
}

fn as_json(census: &KeyCensus, frame: &Frame) -> Value {
    let masters = census.masters.iter().map(|key| {
        json!({ "id": key.id, "standing": code(key.standing), "since": key.since, "tenantKeys": key.tenant_keys,
                "platformKeys": key.platform_keys })
    });
    let tenants = census.tenants.iter().map(|of| {
        let keys = of.wrappers.iter().map(|key| {
            json!({ "id": key.id, "standing": code(key.standing), "createdAt": key.created_at, "keys": key.keys })
        });
        json!({ "tenant": of.tenant.to_string(), "wrappingKeys": keys.collect::<Vec<_>>() })
    });
    json!({ "keeper": frame.keeper, "backupDays": frame.backup_days, "masterKeys": masters.collect::<Vec<_>>(),
            "tenants": tenants.collect::<Vec<_>>() })
}

const fn code(standing: Standing) -> &'static str {
    match standing {
        Standing::Newest => "NEWEST",
        Standing::Former => "FORMER",
        Standing::Unnamed => "UNNAMED",
        Standing::Missing => "MISSING",
    }
}
