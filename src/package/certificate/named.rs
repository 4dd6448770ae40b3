//! Enumerations of certificates: codes for the file, words for the document.

/// Defines an enumeration whose variants each have a code, a Swedish and an English name; serialisation uses the codes.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$doc:meta])* $variant:ident = $code:literal, $swedish:literal, $english:literal;)+
    }) => {
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

            /// The text that stands for the value in files and rows.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The value that a code names; `None` for any other text.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The name in running text.
            #[must_use]
            pub const fn name(self, language: domain::language::Language) -> &'static str {
                match self { $(Self::$variant => language.choose($swedish, $english),)+ }
            }
        }
    };
}

pub(in crate::package) use named;
