//! The part of a schema that a token's scopes open, as one schema of its own: what introspection is answered from where
//! `[introspection] view = "scopes"`, and what `GET /schema/…?view=scopes` prints. Both are the same schema, so that they
//! cannot differ; what decides is the policy that is enforced too.

mod asked;
mod narrowing;

use std::sync::Arc;

use async_graphql::{ObjectType, Schema, SchemaBuilder, SubscriptionType};
use domain::scope::Scopes;

use super::gate::PolicyTable;
use super::sdl;
pub use asked::Asked;
pub use narrowing::Way;
use narrowing::{Narrowed, Narrowing};

/// Parts that are kept. A platform has a handful of sets of scopes; each takes a few megabytes.
const KEPT: u64 = 32;

/// How much of the schema introspection shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IntrospectionView {
    /// All of it, to every valid token.
    #[default]
    Whole,
    /// What the token's scopes open.
    Scopes,
}

/// A part of a schema.
pub struct View<Q, M, S> {
    /// It, to be asked for nothing but itself: its resolvers lack what they need.
    pub schema: Schema<Q, M, S>,
    /// It in the schema definition language. The same scopes give the same text.
    pub sdl: String,
}

/// The parts of one schema.
pub struct Views<Q, M, S> {
    builder: fn() -> SchemaBuilder<Q, M, S>,
    policy: Arc<PolicyTable>,
    ways: &'static [Way],
    kept: moka::sync::Cache<Scopes, Arc<View<Q, M, S>>>,
}

impl<Q, M, S> Views<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    /// Of the schema that `builder` begins; `ways` are those to what an interface stands for.
    pub fn new(
        builder: fn() -> SchemaBuilder<Q, M, S>,
        policy: Arc<PolicyTable>,
        ways: &'static [Way],
    ) -> Self {
        Self { builder, policy, ways, kept: moka::sync::Cache::new(KEPT) }
    }

    /// What these scopes open.
    pub fn of(&self, scopes: &Scopes) -> Arc<View<Q, M, S>> {
        self.kept.get_with_by_ref(scopes, || Arc::new(self.make(scopes)))
    }

    fn make(&self, scopes: &Scopes) -> View<Q, M, S> {
        let closed = self.policy.closed_to(scopes);
        let open =
            |way: &&Way| !closed.get(way.through.0).is_some_and(|fields| fields.contains(way.through.1));
        let opened = self.ways.iter().filter(open).map(|way| way.to).collect();
        let narrowing = Narrowing { closed: closed.clone(), opened };
        let schema = narrowing.apply_to(|| (self.builder)().register_output_type::<Narrowed>().finish());
        View { sdl: sdl::print(&schema), schema }
    }
}

#[cfg(test)]
mod tests;
