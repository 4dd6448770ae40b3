//! The console's server side: who signs in, how long that lasts, and what its pages may ask.

pub mod browser;
mod demonstration;
pub mod issuer;
mod pages;
mod requests;
mod sessions;
mod sign_in;
mod sockets;

/// Makes two test cases of each function named, each on a gateway with an issuer to sign in at.
macro_rules! with_an_issuer {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[test]
                fn $name() {
                    support::run(async {
                        let issuer = crate::console::issuer::Issuer::start().await;
                        let setup = |config: &mut _| issuer.configure(config);
                        let gateway = Box::pin(support::TestGateway::sqlite_with(setup)).await;
                        issuer.keeps_time_by(gateway.clock.clone());
                        Box::pin(super::$name(&gateway, &issuer)).await;
                        gateway.stop().await;
                    });
                }
            )+
        }

        mod on_postgres {
            $(
                #[test]
                fn $name() {
                    support::run(async {
                        let issuer = crate::console::issuer::Issuer::start().await;
                        let setup = |config: &mut _| issuer.configure(config);
                        let Some(gateway) = Box::pin(support::TestGateway::postgres_with(setup)).await else {
                            return support::postgres::skipped_loudly(stringify!($name));
                        };
                        issuer.keeps_time_by(gateway.clock.clone());
                        Box::pin(super::$name(&gateway, &issuer)).await;
                        gateway.stop().await;
                    });
                }
            )+
        }
    };
}

use with_an_issuer;
