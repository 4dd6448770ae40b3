//! Validation apart from execution. The schema that executes has no extensions, since the engine asks them at every field; this
//! one has, and never executes anything.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation};
use async_graphql::{
    ObjectType, Request, Response, SchemaBuilder, SchemaEnv, ServerError, SubscriptionType, ValidationResult,
    Variables, async_trait,
};
use async_graphql_parser::types::ExecutableDocument;
use futures::future::BoxFuture;

use super::Arguments;

/// Validates documents against a schema.
pub struct Checker {
    execute: Box<dyn Fn(Request) -> BoxFuture<'static, Response> + Send + Sync>,
    known: Arc<OnceLock<SchemaEnv>>,
}

impl Checker {
    /// A checker that holds documents to the rules of a schema.
    pub fn new<Q, M, S>(schema: SchemaBuilder<Q, M, S>) -> Self
    where
        Q: ObjectType + 'static,
        M: ObjectType + 'static,
        S: SubscriptionType + 'static,
    {
        let known = Arc::new(OnceLock::new());
        let schema = schema.extension(NoFurther { known: Arc::clone(&known) }).finish();
        let execute = move |request| -> BoxFuture<'static, Response> {
            let schema = schema.clone();
            Box::pin(async move { schema.execute(request).await })
        };
        Self { execute: Box::new(execute), known }
    }

    /// Applies every rule to a document with these variables, and gives what is to be looked at of other variables.
    ///
    /// # Errors
    /// The engine's response, which holds what is wrong.
    pub async fn check(
        &self,
        document: &ExecutableDocument,
        operation_name: Option<&str>,
        variables: &Variables,
    ) -> Result<Arguments, Response> {
        let passed = Passed::default();
        let mut request = Request::new(String::new()).variables(variables.clone()).data(passed.clone());
        request.operation_name = operation_name.map(str::to_owned);
        request.set_parsed_query(document.clone());
        let response = (self.execute)(request).await;
        match self.known.get().filter(|_| passed.0.load(Ordering::Acquire)) {
            Some(env) => Ok(Arguments::of(document, &env.registry)),
            None => Err(response),
        }
    }

    /// Whether the values of variables surely fit a document that passed before.
    pub fn fits(&self, arguments: &Arguments, variables: &Variables) -> bool {
        self.known.get().is_some_and(|env| arguments.fit(&env.registry, variables))
    }
}

/// Whether a document has passed validation.
#[derive(Clone, Default)]
struct Passed(Arc<AtomicBool>);

/// Stops every operation once it is validated.
struct NoFurther {
    known: Arc<OnceLock<SchemaEnv>>,
}

impl ExtensionFactory for NoFurther {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self { known: Arc::clone(&self.known) })
    }
}

#[async_trait::async_trait]
impl Extension for NoFurther {
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        next.run(ctx).await?;
        self.known.get_or_init(|| ctx.schema_env.clone());
        if let Some(passed) = ctx.data_opt::<Passed>() {
            passed.0.store(true, Ordering::Release);
        }
        Err(vec![ServerError::new("the document is valid", None)])
    }
}
