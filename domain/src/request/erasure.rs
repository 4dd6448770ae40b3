//! Requests for erasure (Art. 17): what is asked for. What comes of it is a plan ([`crate::erasure`]).

use crate::category::DataCategory;
use crate::erasure::Scope;
use crate::invalid::Invalid;

/// Reads what a client wants erased: everything where no category is named.
///
/// # Errors
/// [`Invalid::Empty`] for a list without a category.
pub fn scope(categories: Option<&[DataCategory]>) -> Result<Scope, Invalid> {
    match categories {
        None => Ok(Scope::Everything),
        Some([]) => Err(Invalid::Empty),
        Some(categories) => Ok(Scope::Only(categories.iter().copied().collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::Categories;

    #[test]
    fn everything_is_asked_for_unless_categories_are_named() {
        use DataCategory::{Email, Name};
        let all = DataCategory::ALL;
        for (named, expected) in [
            (None, Ok(Scope::Everything)),
            (Some(&[][..]), Err(Invalid::Empty)),
            (Some(&[Email][..]), Ok(Scope::Only(Categories::from([Email])))),
            (Some(&[Email, Name, Email][..]), Ok(Scope::Only(Categories::from([Name, Email])))),
            (Some(&all[..]), Ok(Scope::Only(Categories::from(all)))),
        ] {
            assert_eq!(scope(named), expected, "{named:?}");
        }
    }
}
