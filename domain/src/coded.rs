//! Enumerations with codes: the one text that stands for a value in the schema, in rows and in the audit log.

/// Defines an enumeration whose variants each have a code; serialisation uses the codes too.
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// All of them, in the order of the definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The text that stands for the value in the schema, in rows and in settings.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The value that a code names; `None` for any other text.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

pub(crate) use coded;

#[cfg(test)]
mod tests {
    use crate::request::kind::RequestKind;

    #[test]
    fn a_code_reads_back_and_is_what_serialisation_writes() -> Result<(), serde_json::Error> {
        for kind in RequestKind::ALL {
            assert_eq!(RequestKind::from_code(kind.code()), Some(*kind));
            assert_eq!(serde_json::to_string(kind)?, format!("\"{}\"", kind.code()));
        }
        assert_eq!(RequestKind::from_code("access"), None);
        assert_eq!(RequestKind::from_code(""), None);
        Ok(())
    }
}
