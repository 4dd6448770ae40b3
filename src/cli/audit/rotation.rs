//! Retiring the key that signs the heads.

use anyhow::bail;
use clap::Args;
use store::StoreError;

use crate::app::{self, AppError};
use crate::cli::place::{Place, Taken};
use crate::cli::terminal;

/// What `audit rotate-key` takes.
#[derive(Debug, Args)]
pub(super) struct RotateKey {
    #[command(flatten)]
    place: Place,
}

/// Retires the present key and makes a new one.
pub(super) async fn rotate(arguments: RotateKey) -> anyhow::Result<()> {
    // Held until the key is made: a demo that runs is the only one to touch its folder.
    let Taken { parts, folder: _folder } = arguments.place.take()?;
    let rotated = app::rotate_signing_key(parts).await.map_err(explained)?;
    let Some([retired, new]) = rotated else {
        bail!("there is no signing key yet: the first head of a log makes it");
    };
    terminal::say(&format!("retired:           {retired}"));
    terminal::say(&format!("signs from now on: {new}"));
    terminal::say(
        "The next head of each log is signed by both. Publish the new verifier key, and keep the retired one for the \
         heads from before.",
    );
    Ok(())
}

fn explained(error: AppError) -> anyhow::Error {
    let text = match &error {
        AppError::Store(StoreError::Tampered { .. }) => {
            "no key was retired: the master key is not the one under which the present key is kept"
        }
        _ => "no key was retired",
    };
    anyhow::Error::new(error).context(text)
}
