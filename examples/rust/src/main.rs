//! Reads people page by page, files a request for erasure, and branches on what can go wrong.

mod demo;
mod gateway;

use std::collections::BTreeSet;
use std::error::Error;

use graphql_client::GraphQLQuery;

use demo::Demo;
use gateway::{Code, Failure, Gateway};
use people_page::Purpose;
use submit_erasure::{RequestChannel, SubmitErasureRequestInput, UserErrorCode};

// The scalars of the schema, by the names that it has for them.
type Date = String;
type DateTime = String;

// Answers about people have no `Debug`, so that none gets into a log.
#[derive(GraphQLQuery)]
#[graphql(schema_path = "../gateway.graphql", query_path = "queries/people.graphql", normalization = "rust")]
struct PeoplePage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../gateway.graphql",
    query_path = "queries/erasure.graphql",
    normalization = "rust",
    response_derives = "Debug"
)]
struct SubmitErasure;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let demo = Demo::read()?;
    let tenant = demo.tenants.first().ok_or("the demo has no tenant")?;
    let admin = Gateway::new(&demo.gateway_url, &tenant.tokens.admin)?;
    let reader = Gateway::new(&demo.gateway_url, &tenant.tokens.reader)?;

    let people = read_all(&admin, 5).await?;
    if people.len() <= 5 {
        return Err("no more than one page was read".into());
    }
    println!("read {} people", people.len());

    let subject = tenant.subject_ids.last().ok_or("the tenant has no people")?;
    file_erasure(&admin, subject).await?;

    match submit(&reader, subject).await {
        Err(Failure::Refused { code: Code::Forbidden, required_scopes: Some(scopes), .. }) => {
            println!("a token that only reads people gets FORBIDDEN, needs {scopes}");
            Ok(())
        }
        Err(failure) => Err(failure.into()),
        Ok(_) => Err("a token without the scope was let through".into()),
    }
}

/// The identifiers of everybody who may be read for rendering a service, whatever the number of pages.
async fn read_all(gateway: &Gateway, first: i64) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let mut found = BTreeSet::new();
    let mut after = None;
    loop {
        let variables = people_page::Variables { purpose: Purpose::ServiceDelivery, first, after };
        let page = gateway.ask(PeoplePage, variables).await?.data_subjects;
        for edge in page.edges {
            if !found.insert(edge.node.id) {
                return Err("a person was read twice".into());
            }
        }
        after = page.page_info.end_cursor;
        if !page.page_info.has_next_page {
            return Ok(found);
        }
    }
}

async fn file_erasure(gateway: &Gateway, subject: &str) -> Result<(), Box<dyn Error>> {
    let payload = submit(gateway, subject).await?;
    for error in &payload.user_errors {
        match &error.code {
            // Run a second time, the example finds its own request open.
            UserErrorCode::AlreadyOpen => println!("open already: {}", error.message),
            other => return Err(format!("{other:?}: {}", error.message).into()),
        }
    }
    let request = payload.rights_request.ok_or("the gateway gave no request")?;
    println!("{} is due at {}; today it would mean", request.reference, request.due_at);
    for outcome in request.subject.erasure_plan.outcomes {
        let until = outcome.retained_through.map(|day| format!(" through {day}")).unwrap_or_default();
        println!("  {:?}: {:?}{until}", outcome.category, outcome.action);
    }
    Ok(())
}

async fn submit(
    gateway: &Gateway,
    subject: &str,
) -> Result<submit_erasure::SubmitErasureSubmitErasureRequest, Failure> {
    let input = SubmitErasureRequestInput {
        subject_id: Some(subject.to_owned()),
        channel: RequestChannel::Email,
        idempotency_key: Some(uuid::Uuid::new_v4().to_string()),
        categories: None,
        received_at: None,
    };
    Ok(gateway.ask(SubmitErasure, submit_erasure::Variables { input }).await?.submit_erasure_request)
}
