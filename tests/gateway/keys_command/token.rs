//! The master key in a token (PKCS #11), tried with `SoftHSM`.

use std::path::PathBuf;

use support::on_both_databases;

use super::*;

on_both_databases! {
    a_master_key_moves_into_a_token_and_out_again,
}

/// A token of a test's own.
struct Token {
    module: PathBuf,
    settings: PathBuf,
}

const MODULES: [&str; 3] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
];
const PIN: &str = "4711";

impl Token {
    /// `None`, loudly, where there is no `SoftHSM`.
    #[expect(clippy::print_stderr, reason = "a test speaks to the person who runs it")]
    fn of(gateway: &TestGateway) -> Option<Self> {
        let module = MODULES.iter().map(PathBuf::from).find(|module| module.exists());
        let Some(module) = module else {
            let required = std::env::var_os("REQUIRE_ALL").is_some_and(|value| value == "1");
            assert!(!required, "no SoftHSM (softhsm2), and REQUIRE_ALL=1");
            eprintln!("SKIPPED (no SoftHSM)");
            return None;
        };
        let tokens = gateway.folder().join("tokens");
        fs::create_dir_all(&tokens).unwrap();
        let settings = gateway.folder().join("softhsm2.conf");
        fs::write(&settings, format!("directories.tokendir = {}\nlog.level = ERROR\n", tokens.display()))
            .unwrap();
        let mut make = Command::new("softhsm2-util");
        make.args(["--init-token", "--free", "--label", "gateway", "--pin", PIN, "--so-pin", "0815"]);
        let outcome = Outcome::of(make.env("SOFTHSM2_CONF", &settings));
        assert_eq!(outcome.code, 0, "{}", outcome.text);
        Some(Self { module, settings })
    }

    /// The command with the token's keys as master keys, the last of which wraps where `keeper` says so.
    fn runs(&self, gateway: &TestGateway, (keeper, labels): (&str, &str), arguments: &[&str]) -> Outcome {
        let mut command = self.command(gateway, keeper, arguments);
        Outcome::of(command.env("PRIVACY_GATEWAY__KEYS__PKCS11_KEYS", labels))
    }

    fn command(&self, gateway: &TestGateway, keeper: &str, arguments: &[&str]) -> Command {
        let mut command = command(gateway, arguments);
        command.env("SOFTHSM2_CONF", &self.settings);
        command.env("PRIVACY_GATEWAY__KEYS__KEEPER", keeper);
        command.env("PRIVACY_GATEWAY__KEYS__PKCS11_MODULE", &self.module);
        command.env("PRIVACY_GATEWAY__KEYS__PKCS11_TOKEN", "gateway");
        command.env("PRIVACY_GATEWAY__KEYS__PKCS11_PIN", PIN);
        command
    }
}

async fn a_master_key_moves_into_a_token_and_out_again(gateway: &TestGateway) {
    let Some(token) = Token::of(gateway) else { return };
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("token")).await;
    let own = own_master_key(gateway);
    let with_own = |keeper: &str, labels: &str, arguments: &[&str]| {
        let mut command = token.command(gateway, keeper, arguments);
        command.env("PRIVACY_GATEWAY__KEYS__PKCS11_KEYS", labels);
        Outcome::of(command.env("PRIVACY_GATEWAY__KEYS__MASTER_KEY", &own))
    };

    failed(&with_own("pkcs11", "first", &["status"]), "holds no AES key \"first\"");
    succeeded(&token.runs(gateway, ("pkcs11", "first"), &["init"]), &["made \"first\""]);
    failed(&token.runs(gateway, ("pkcs11", "first"), &["init"]), "holds every key");
    failed(&token.runs(gateway, ("pkcs11", "first"), &["status"]), "the master key is not the one");
    succeeded(&with_own("pkcs11", "first", &["rotate", "--master"]), &["6 keys were wrapped anew"]);
    succeeded(&with_own("pkcs11", "first", &["rotate", "--finish"]), &["nothing lies under the master key"]);
    let status = token.runs(gateway, ("pkcs11", "first"), &["status"]);
    succeeded(&status, &["kept by pkcs11", "3 keys of tenants, 3 of the platform"]);
    failed(&runs(gateway, &own, &["status"]), "the master key is not the one");

    // A newer key in the token, and a tenant's key that lies under it.
    succeeded(&token.runs(gateway, ("pkcs11", "first,second"), &["init"]), &["made \"second\""]);
    succeeded(&token.runs(gateway, ("pkcs11", "first,second"), &["rotate", "--master"]), &["6 keys"]);
    let second = ("pkcs11", "second");
    succeeded(&token.runs(gateway, second, &["rotate", "--all-tenants"]), &["1 keys were wrapped anew"]);
    succeeded(&token.runs(gateway, second, &["rotate", "--finish"]), &["1 former wrapping keys"]);
    let mut locked = token.command(gateway, "pkcs11", &["status"]);
    locked
        .env("PRIVACY_GATEWAY__KEYS__PKCS11_KEYS", "second")
        .env("PRIVACY_GATEWAY__KEYS__PKCS11_PIN", "0000");
    failed(&Outcome::of(&mut locked), "the token failed");

    succeeded(&with_own("environment", "second", &["rotate", "--master"]), &["6 keys were wrapped anew"]);
    let after = gateway.another(|_| {}).await.gateway;
    let authority = tenant.authority().await;
    let store::ReadingDoor::Served(tx) = after.store.open_reading(&authority).await.unwrap() else {
        panic!("it is served");
    };
    let subject = domain::id::SubjectId::parse(&person).unwrap();
    assert!(tx.find_subject(subject).await.unwrap().is_some(), "its keys open");
}
