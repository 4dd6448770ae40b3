//! Text that was checked once, on the way in.

/// Defines a text that only its own `parse` can make. Its `Debug` withholds the value, which may be about a person.
macro_rules! checked_text {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

pub(crate) use checked_text;

#[cfg(test)]
mod tests {
    use crate::text::Text;

    #[test]
    fn debug_output_withholds_the_value() {
        assert_eq!(format!("{:?}", Text::parse("secret")), "Ok(Text(…))");
    }
}
