//! Master keys in a token: a hardware security module or a key-management service that speaks PKCS #11. It wraps and unwraps
//! by itself, with AES-256-GCM; the master keys never leave it.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::aead::GcmParams;
use cryptoki::object::{Attribute, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::types::AuthPin;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Keeper, KeeperError, KnownMasterKey};
use crate::vault::envelope::{SealKey, associated, enveloped, opened_envelope, padded, unpadded};

/// The format that a token seals, with AES-256-GCM.
const VERSION: u8 = 2;

const TAG_BITS: u64 = 128;

/// Where the token is, and which of its keys are master keys.
#[derive(Clone)]
pub struct TokenSettings {
    /// The library by which it is spoken to.
    pub module: PathBuf,
    /// The token's label.
    pub token: String,
    /// The labels of the AES-256 keys, the newest last.
    pub keys: Vec<String>,
    /// The user's PIN.
    pub pin: Zeroizing<String>,
}

/// Master keys in a token.
pub struct TokenKeeper {
    settings: TokenSettings,
    /// `None` after a failure: the next call connects anew.
    session: Mutex<Option<Session>>,
}

/// Why a call to the token failed.
enum Failure {
    Refused,
    Told(KeeperError),
}

impl TokenKeeper {
    /// Logs in, and sees that every key is there.
    ///
    /// # Errors
    /// [`KeeperError::Unavailable`] says what is missing.
    pub fn open(settings: TokenSettings) -> Result<Self, KeeperError> {
        if settings.keys.is_empty() {
            return Err(unavailable("name the master keys by their labels in keys.pkcs11_keys"));
        }
        let session = connect(&settings)?;
        for label in &settings.keys {
            find(&session, label)?.ok_or_else(|| {
                unavailable(format!(
                    "the token {:?} holds no AES key {label:?}: `privacy-gateway keys init` makes it",
                    settings.token
                ))
            })?;
        }
        Ok(Self { settings, session: Mutex::new(Some(session)) })
    }

    /// Makes the keys of the settings that the token does not hold yet, of a kind that it never gives out; says which.
    ///
    /// # Errors
    /// [`KeeperError::Unavailable`] when the token refuses.
    pub fn make_missing(settings: &TokenSettings) -> Result<Vec<String>, KeeperError> {
        let session = connect(settings)?;
        let mut made = Vec::new();
        for label in &settings.keys {
            if find(&session, label)?.is_some() {
                continue;
            }
            let template = [
                Attribute::Class(ObjectClass::SECRET_KEY),
                Attribute::KeyType(KeyType::AES),
                Attribute::ValueLen(32.into()),
                Attribute::Label(label.clone().into_bytes()),
                Attribute::Token(true),
                Attribute::Private(true),
                Attribute::Sensitive(true),
                Attribute::Extractable(false),
                Attribute::Encrypt(true),
                Attribute::Decrypt(true),
            ];
            let key = session.generate_key(&Mechanism::AesKeyGen, &template);
            key.map_err(|error| failed(&error))?;
            made.push(label.clone());
        }
        Ok(made)
    }

    /// Does something with a key of the token. A connection that was lost is made anew, once.
    fn with<T>(
        &self,
        label: &str,
        work: impl Fn(&Session, ObjectHandle) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let mut held = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let mut tries = 0;
        loop {
            tries += 1;
            let session = match held.take() {
                Some(session) => session,
                None => connect(&self.settings).map_err(Failure::Told)?,
            };
            let done = find_handle(&session, label).and_then(|key| match key {
                Some(key) => work(&session, key).map(Some),
                None => Ok(None),
            });
            match done {
                Ok(Some(done)) => {
                    *held = Some(session);
                    return Ok(done);
                }
                Ok(None) => {
                    return Err(Failure::Told(unavailable(format!("the token's key {label:?} is gone"))));
                }
                Err(Error::Pkcs11(
                    RvError::EncryptedDataInvalid | RvError::EncryptedDataLenRange | RvError::GeneralError,
                    _,
                )) => return Err(Failure::Refused),
                Err(_) if tries == 1 => {}
                Err(error) => return Err(Failure::Told(failed(&error))),
            }
        }
    }

    fn newest(&self) -> Result<&str, KeeperError> {
        self.settings.keys.last().map(String::as_str).ok_or(KeeperError::Refused)
    }
}

impl Keeper for TokenKeeper {
    fn keys(&self) -> Result<Vec<KnownMasterKey>, KeeperError> {
        Ok(self.settings.keys.iter().map(|label| KnownMasterKey { id: id_of(label), since: None }).collect())
    }

    fn wrap(&self, context: &[u8], key: &[u8], nonce: [u8; 12]) -> Result<Vec<u8>, KeeperError> {
        let label = self.newest()?;
        let id = id_of(label);
        let body = padded(key).ok_or(KeeperError::Refused)?;
        let aad = associated(VERSION, id, context);
        let sealed = self.with(label, |session, handle| {
            let mut iv = nonce;
            let parameters = GcmParams::new(&mut iv, &aad, TAG_BITS.into())?;
            session.encrypt(&Mechanism::AesGcm(parameters), handle, &body)
        });
        let sealed = sealed.map_err(|failure| match failure {
            Failure::Refused => unavailable("the token does not wrap"),
            Failure::Told(error) => error,
        })?;
        Ok(enveloped((VERSION, id), nonce, &[&sealed]))
    }

    fn unwrap(&self, context: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeeperError> {
        let id = SealKey::id_of(wrapped).ok_or(KeeperError::Refused)?;
        let label = self.settings.keys.iter().find(|label| id_of(label) == id);
        let label = label.ok_or(KeeperError::Unknown(id))?;
        let (nonce, body) = opened_envelope((VERSION, id), wrapped).ok_or(KeeperError::Refused)?;
        let aad = associated(VERSION, id, context);
        let opened = self.with(label, |session, handle| {
            let mut iv = nonce;
            let parameters = GcmParams::new(&mut iv, &aad, TAG_BITS.into())?;
            session.decrypt(&Mechanism::AesGcm(parameters), handle, body).map(Zeroizing::new)
        });
        let opened = opened.map_err(|failure| match failure {
            Failure::Refused => KeeperError::Refused,
            Failure::Told(error) => error,
        })?;
        unpadded(opened).ok_or(KeeperError::Refused)
    }
}

/// What wrapped keys name a token's key by: a digest of its label.
fn id_of(label: &str) -> Uuid {
    let digest = digest(&SHA256, format!("privacy-gateway/v2/token\0{label}").as_bytes());
    let mut id = [0_u8; 16];
    for (to, from) in id.iter_mut().zip(digest.as_ref()) {
        *to = *from;
    }
    uuid::Builder::from_custom_bytes(id).into_uuid()
}

fn connect(settings: &TokenSettings) -> Result<Session, KeeperError> {
    let module = Pkcs11::new(&settings.module).map_err(|error| {
        unavailable(format!("{}: the module cannot be loaded: {error}", settings.module.display()))
    })?;
    match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        // The module is the process's: it may be in use already.
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
        Err(error) => return Err(failed(&error)),
    }
    for slot in module.get_slots_with_token().map_err(|error| failed(&error))? {
        let token = module.get_token_info(slot).map_err(|error| failed(&error))?;
        if token.label() != settings.token {
            continue;
        }
        let session = module.open_rw_session(slot).map_err(|error| failed(&error))?;
        let pin = AuthPin::new(settings.pin.as_str().into());
        return match session.login(UserType::User, Some(&pin)) {
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(session),
            Err(error) => Err(failed(&error)),
        };
    }
    Err(unavailable(format!("there is no token {:?}: see keys.pkcs11_token", settings.token)))
}

fn find(session: &Session, label: &str) -> Result<Option<ObjectHandle>, KeeperError> {
    find_handle(session, label).map_err(|error| failed(&error))
}

fn find_handle(session: &Session, label: &str) -> Result<Option<ObjectHandle>, Error> {
    let template = [
        Attribute::Class(ObjectClass::SECRET_KEY),
        Attribute::KeyType(KeyType::AES),
        Attribute::Label(label.as_bytes().to_vec()),
    ];
    Ok(session.find_objects(&template)?.first().copied())
}

fn unavailable(text: impl Into<String>) -> KeeperError {
    KeeperError::Unavailable(text.into())
}

fn failed(error: &Error) -> KeeperError {
    unavailable(format!("the token failed: {error}"))
}
