//! The keeper of the master key.

use super::*;

#[test]
fn the_keeper_is_the_environment_where_it_holds_a_key_or_else_a_file() {
    let (folder, text) = sound("keeper");
    let file = folder.file("gateway.toml", &text);
    for (settings, keeper) in [
        (vec![], "file"),
        (vec![("PRIVACY_GATEWAY__KEYS__MASTER_KEY", "no real key")], "environment"),
        (
            vec![
                ("PRIVACY_GATEWAY__KEYS__MASTER_KEY", "no real key"),
                ("PRIVACY_GATEWAY__KEYS__KEEPER", "file"),
            ],
            "file",
        ),
        (vec![("PRIVACY_GATEWAY__KEYS__KEEPER", "pkcs11")], "pkcs11"),
    ] {
        assert_eq!(load(Some(&file), &settings).unwrap().keys.keeper().name(), keeper, "{settings:?}");
    }
    let both = [("PRIVACY_GATEWAY__KEYS__MASTER_KEY", "a"), ("PRIVACY_GATEWAY__KEYS__MASTER_KEY_FILE", "b")];
    assert!(load(Some(&file), &both).is_err(), "which one is meant?");
    let said = [both[0], both[1], ("PRIVACY_GATEWAY__KEYS__KEEPER", "file")];
    assert!(load(Some(&file), &said).is_ok(), "the other one still unwraps");
}

#[test]
fn what_a_keeper_needs_is_asked_for_by_name() {
    let (folder, text) = sound("needs");
    let file = folder.file("gateway.toml", &text);
    let token = ["keys.pkcs11_module", "keys.pkcs11_token", "keys.pkcs11_keys", "keys.pkcs11_pin"];
    assert_eq!(refused_keys(&file, &[("KEYS__KEEPER", "pkcs11")]), token);
    assert_eq!(refused_keys(&file, &[("KEYS__KEEPER", "environment")]), ["keys.master_key"]);
    assert_eq!(refused_keys(&file, &[("KEYS__BACKUP_DAYS", "0")]), ["keys.backup_days"]);
    assert!(load(Some(&file), &[("PRIVACY_GATEWAY__KEYS__KEEPER", "vault")]).is_err(), "no such keeper");
    let pin = folder.file("pin.toml", "[keys]\npkcs11_pin = \"4711\"");
    assert_eq!(refusals(load(Some(&pin), &[]))[0].key, "keys.pkcs11_pin", "a secret in the file");
}
