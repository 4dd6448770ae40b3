//! HTTP methods of the API.

use async_graphql::parser::types::OperationType;
use thiserror::Error;

/// Value of the `Allow` header where a method is refused.
pub const ALLOWED_METHODS: &str = "GET, POST";

/// A method by which operations can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Parameters in the address; queries only.
    Get,
    /// Parameters in a JSON body.
    Post,
    /// Parameters in a message on a WebSocket; subscriptions only.
    Socket,
}

/// Neither GET nor POST.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("operations are sent by GET or POST")]
pub struct MethodNotAllowed;

impl Method {
    /// Reads the method of a request; methods are case-sensitive (RFC 9110 section 9.1).
    ///
    /// # Errors
    ///
    /// [`MethodNotAllowed`] for any other, HEAD and OPTIONS among them.
    pub fn parse(method: &str) -> Result<Self, MethodNotAllowed> {
        match method {
            "GET" => Ok(Self::Get),
            "POST" => Ok(Self::Post),
            _ => Err(MethodNotAllowed),
        }
    }

    /// Whether an operation of this kind may be executed. GET is safe (RFC 9110 section 9.2.1), so a mutation is
    /// answered with 405; subscriptions have a transport of their own, which carries nothing else.
    #[must_use]
    pub const fn may_execute(self, operation: OperationType) -> bool {
        matches!(
            (self, operation),
            (Self::Get | Self::Post, OperationType::Query)
                | (Self::Post, OperationType::Mutation)
                | (Self::Socket, OperationType::Subscription)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mutation_is_never_executed_by_get() {
        assert!(Method::Get.may_execute(OperationType::Query));
        assert!(!Method::Get.may_execute(OperationType::Mutation));
        assert!(Method::Post.may_execute(OperationType::Mutation));
        assert!(!Method::Post.may_execute(OperationType::Subscription));
    }

    #[test]
    fn other_methods_are_refused() {
        assert_eq!(Method::parse("GET"), Ok(Method::Get));
        assert_eq!(Method::parse("POST"), Ok(Method::Post));
        for method in ["HEAD", "OPTIONS", "PUT", "get", ""] {
            assert_eq!(Method::parse(method), Err(MethodNotAllowed), "{method}");
        }
    }
}
