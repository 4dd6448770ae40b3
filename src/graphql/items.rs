//! Lists of objects whose fields can fail.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value};
use futures::future::try_join_all;

/// A list of objects. The engine's own gives an error that comes out of an item the path of the item, and takes the path of
/// the field that failed away; this one leaves it (GraphQL, section 7.1.6).
#[derive(Debug, Clone)]
pub struct Items<T>(pub Vec<T>);

impl<T> FromIterator<T> for Items<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T: OutputType> OutputType for Items<T> {
    fn type_name() -> Cow<'static, str> {
        <Vec<T> as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        <Vec<T> as OutputType>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<T> as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let items = self.0.iter().enumerate().map(|(index, item)| async move {
            let ctx = ctx.with_index(index);
            let resolved = OutputType::resolve(item, &ctx, field).await;
            resolved.map_err(|error| if error.path.is_empty() { ctx.set_error_path(error) } else { error })
        });
        Ok(Value::List(try_join_all(items).await?))
    }
}
