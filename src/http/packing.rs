//! Answers of the API, compressed where that tells nobody anything.

use actix_web::{HttpRequest, web};

use super::headers;
use super::protocol::{Coding, Effort};
use crate::graphql::Secrecy;
use crate::graphql::api::Answered;

/// Below this many bytes packing saves no packet.
const WORTH_IT: usize = 1_400;

/// Above this many bytes it is done beside the thread that serves connections.
const LONG: usize = 64 * 1_024;

/// The body of an answer and the coding that it is in.
pub async fn pack(request: &HttpRequest, answered: Answered) -> (Coding, web::Bytes) {
    let Answered { body, secrecy, .. } = answered;
    let coding = match secrecy {
        Secrecy::Plain if body.len() >= WORTH_IT => {
            Coding::negotiate(headers::text(request, "accept-encoding").as_deref())
        }
        Secrecy::Plain | Secrecy::Secret => Coding::Identity,
    };
    let body = web::Bytes::from(body);
    let packed = if body.len() > LONG && coding != Coding::Identity {
        let long = body.clone();
        web::block(move || coding.pack(&long, Effort::Once)).await.ok().flatten()
    } else {
        coding.pack(&body, Effort::Once)
    };
    packed.map_or((Coding::Identity, body), |packed| (coding, packed.into()))
}
