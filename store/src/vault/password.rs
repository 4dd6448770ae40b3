//! Password verifiers: Argon2id, write-only.

use std::sync::Arc;

use argon2::password_hash::SaltString;
use argon2::{Argon2, PasswordHasher as _};
use domain::clock::Entropy;
use domain::password::Password;
use domain::personal::Personal;

use crate::door::Store;
use crate::error::StoreError;

impl Store {
    /// The verifier of a password, hashed on a thread where it holds nobody up.
    ///
    /// # Errors
    /// As [`verifier`].
    pub async fn password_verifier(&self, password: Password) -> Result<Personal<String>, StoreError> {
        let vault = Arc::clone(&self.vault);
        let hashed = tokio::task::spawn_blocking(move || verifier(password.reveal(), vault.entropy())).await;
        hashed.map_err(|_| StoreError::Unfit("the password could not be hashed".to_owned()))?
    }
}

/// The Argon2id verifier of a password in PHC string form, with the parameters that OWASP names as the least
/// (19 MiB, two passes, one lane). Takes some tens of milliseconds of CPU: call it off the async threads.
///
/// # Errors
/// [`StoreError::Unfit`] should the library refuse its own parameters.
fn verifier(password: &str, entropy: &dyn Entropy) -> Result<Personal<String>, StoreError> {
    let unfit = || StoreError::Unfit("the password could not be hashed".to_owned());
    let mut salt = [0_u8; 16];
    entropy.fill(&mut salt);
    let salt = SaltString::encode_b64(&salt).map_err(|_| unfit())?;
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(|_| unfit())?;
    Ok(Personal::new(hash.to_string()))
}
