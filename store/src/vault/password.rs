//! Password verifiers: Argon2id, write-only.

use argon2::password_hash::SaltString;
use argon2::{Argon2, PasswordHasher as _};
use domain::clock::Entropy;
use domain::personal::Personal;

use crate::error::StoreError;

/// The Argon2id verifier of a password in PHC string form, with the parameters that OWASP names as the least
/// (19 MiB, two passes, one lane). Takes some tens of milliseconds of CPU: call it off the async threads.
///
/// # Errors
/// [`StoreError::Unfit`] should the library refuse its own parameters.
pub fn verifier(password: &str, entropy: &dyn Entropy) -> Result<Personal<String>, StoreError> {
    let unfit = || StoreError::Unfit("the password could not be hashed".to_owned());
    let mut salt = [0_u8; 16];
    entropy.fill(&mut salt);
    let salt = SaltString::encode_b64(&salt).map_err(|_| unfit())?;
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(|_| unfit())?;
    Ok(Personal::new(hash.to_string()))
}
