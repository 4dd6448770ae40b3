//! Rotating keys.

use std::num::NonZeroU32;

use anyhow::bail;
use clap::{ArgGroup, Args};
use domain::id::TenantId;
use store::{Batch, Finished, Progress, Store};

use crate::app;
use crate::cli::place::{Place, Taken};
use crate::cli::terminal;

/// What `keys rotate` takes.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).args(["master", "tenant", "all_tenants", "finish"])))]
pub(super) struct Rotate {
    /// Wraps under the newest master key what lies under a former one.
    #[arg(long)]
    master: bool,
    /// Gives this tenant a new wrapping key and moves its persons' keys to it.
    #[arg(long, value_name = "ID", value_parser = tenant)]
    tenant: Option<TenantId>,
    /// Does so for every tenant.
    #[arg(long)]
    all_tenants: bool,
    /// Destroys the tenants' former wrapping keys and names the master keys that are not needed any more: exit 1 while
    /// anything lies under one.
    #[arg(long)]
    finish: bool,
    /// How many keys of persons are moved in one commit.
    #[arg(long, value_name = "N", default_value = "500", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    batch: u32,
    #[command(flatten)]
    place: Place,
}

fn tenant(text: &str) -> Result<TenantId, String> {
    TenantId::parse(text).map_err(|_| "expected an id such as tenant_01h2xcejqtf2nbrexx3vqjhp41".to_owned())
}

/// Rotates, telling of each commit on standard error.
pub(super) async fn rotate(arguments: Rotate) -> anyhow::Result<()> {
    let batch = Batch::new(NonZeroU32::new(arguments.batch).unwrap_or(NonZeroU32::MIN));
    let Taken { parts, folder: _folder } = arguments.place.take()?;
    let store = app::store(parts).await?;
    if arguments.finish {
        return tell(&store.finish_rotations().await?);
    }
    if arguments.master {
        return master(&store).await;
    }
    let tenants = match arguments.tenant {
        Some(tenant) => vec![tenant],
        None => store.tenants_with_keys().await?,
    };
    if let Some(tenant) = arguments.tenant
        && !store.tenants_with_keys().await?.contains(&tenant)
    {
        bail!("{tenant} has no keys");
    }
    let (count, mut keys) = (tenants.len(), 0);
    for tenant in tenants {
        keys += store.rotate_tenant_key(tenant, batch, &mut progress()).await?;
    }
    terminal::say(&format!("{count} tenants rotated; {keys} keys were wrapped anew"));
    terminal::say("`privacy-gateway keys rotate --finish` destroys the former wrapping keys.");
    Ok(())
}

async fn master(store: &Store) -> anyhow::Result<()> {
    let keys = store.rewrap_under_master(&mut progress()).await?;
    if keys == 0 {
        terminal::say(
            "everything lies under the newest master key; `privacy-gateway keys init --add` makes a newer one",
        );
    } else {
        terminal::say(&format!("{keys} keys were wrapped anew; everything lies under the newest master key"));
        terminal::say(
            "`privacy-gateway keys rotate --finish` says which master keys are not needed any more.",
        );
    }
    Ok(())
}

fn progress() -> impl FnMut(Progress) + Send {
    let mut sum = 0;
    move |progress| {
        let line = match progress {
            Progress::PlatformKeys(keys) => format!("{keys} keys of the platform"),
            Progress::TenantKeys(tenant, keys) => format!("{tenant}: {keys} keys"),
            Progress::Begun(tenant) => format!("{tenant}: a new wrapping key"),
            Progress::Rewrapped(tenant, keys) => {
                sum += keys;
                format!("{tenant}: {sum} keys of persons")
            }
        };
        terminal::complain(&line);
    }
}

fn tell(finished: &Finished) -> anyhow::Result<()> {
    if finished.destroyed > 0 {
        terminal::say(&format!("{} former wrapping keys of tenants were destroyed", finished.destroyed));
    }
    if finished.left_under_masters > 0 {
        bail!(
            "{} keys still lie under a former master key: run `privacy-gateway keys rotate --master`",
            finished.left_under_masters
        );
    }
    if finished.left_of_tenants > 0 {
        bail!(
            "of {} tenants something still lies under a former wrapping key: run `privacy-gateway keys rotate --all-tenants`",
            finished.left_of_tenants
        );
    }
    for id in &finished.unneeded {
        terminal::say(&format!("nothing lies under the master key {id}"));
    }
    if finished.unneeded.is_empty() {
        terminal::say("nothing lies under a former key");
    } else {
        terminal::say(
            "Take it away once no backup of the key store is older than this (keys.backup_days), and everywhere at once.",
        );
    }
    Ok(())
}
