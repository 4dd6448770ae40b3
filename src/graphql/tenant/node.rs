//! Any object of the tenant by its global identifier.

use std::sync::Arc;

use async_graphql::{Context, ID, Interface, Object, Result};
use domain::id::{
    AccountingRecordId, AgreementId, AnyId, AuditEventId, BreachId, ConsentId, InstructionId, LegalHoldId,
    RequestId, RestrictionId, RetentionRuleId, SubjectId, SubprocessorId, SystemId, TaskId, TenantExportId,
    TenantId,
};
use domain::invalid::Invalid;
use domain::purpose::Purpose;

use super::accounting::{AccountingRecord, one_record};
use super::agreement::{Instruction, ProcessorAgreement, one_agreement, one_instruction};
use super::audit::AuditEvent;
use super::breach::PersonalDataBreach;
use super::consent::Consent;
use super::hold::LegalHold;
use super::request::{RightsRequest, one_request};
use super::restriction::Restriction;
use super::retention::RetentionRule;
use super::subject::DataSubject;
use super::subprocessor::Subprocessor;
use super::system::DownstreamSystem;
use super::task::{DownstreamTask, one_task};
use super::tenant::Tenant;
use super::tenant_export::TenantExport;
use crate::graphql::errors;
use crate::graphql::operation::{Entered, Operation, operation};
use crate::graphql::view::Way;
use crate::service::reading::Opened;

/// Anything with a global identifier, refetchable through `node`.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Opaque, global, stable. Its prefix names the type (`subject_…`, `request_…`)."
))]
pub enum Node {
    DataSubject(DataSubject),
    RightsRequest(RightsRequest),
    Consent(Consent),
    AccountingRecord(AccountingRecord),
    Restriction(Restriction),
    LegalHold(LegalHold),
    RetentionRule(RetentionRule),
    AuditEvent(AuditEvent),
    Tenant(Tenant),
    ProcessorAgreement(ProcessorAgreement),
    Instruction(Instruction),
    Subprocessor(Subprocessor),
    DownstreamSystem(DownstreamSystem),
    DownstreamTask(DownstreamTask),
    PersonalDataBreach(PersonalDataBreach),
    TenantExport(TenantExport),
}

/// What `node` can lead to: a type, by the field that a token must be allowed for it (contract rule 16).
pub const WAYS: &[Way] = &[
    Way { to: "DataSubject", through: ("Query", "dataSubject") },
    Way { to: "DataSubject", through: ("Query", "me") },
    Way { to: "RightsRequest", through: ("Query", "rightsRequest") },
    Way { to: "Consent", through: ("DataSubject", "consents") },
    Way { to: "AccountingRecord", through: ("DataSubject", "accountingRecords") },
    Way { to: "Restriction", through: ("DataSubject", "restrictions") },
    Way { to: "LegalHold", through: ("DataSubject", "legalHolds") },
    Way { to: "RetentionRule", through: ("Query", "retentionRules") },
    Way { to: "AuditEvent", through: ("Query", "auditEvents") },
    Way { to: "Tenant", through: ("Tenant", "agreements") },
    Way { to: "ProcessorAgreement", through: ("Tenant", "agreements") },
    Way { to: "Instruction", through: ("Tenant", "agreements") },
    Way { to: "Subprocessor", through: ("Query", "subprocessors") },
    Way { to: "DownstreamSystem", through: ("Query", "downstreamSystems") },
    Way { to: "DownstreamTask", through: ("Query", "rightsRequest") },
    Way { to: "PersonalDataBreach", through: ("Query", "personalDataBreaches") },
    Way { to: "TenantExport", through: ("Query", "tenantExport") },
];

const MOST: usize = 100;

#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Any object of the tenant by its global id; null if there is none (or it is another tenant's).
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global identifier, as the gateway handed it out.")] id: ID,
    ) -> Option<Result<Node>> {
        let operation = match operation(ctx) {
            Ok(operation) => operation,
            Err(error) => return Some(Err(error)),
        };
        match enter(operation, "node.read").await {
            Ok(entered) => find(operation, &entered, &id).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }

    /// Several at once, in order, null where there is none; at most 100.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global identifiers, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > MOST {
            let most = i64::try_from(MOST).unwrap_or(i64::MAX);
            return Err(errors::bad_input("ids", Invalid::OutOfRange { min: 0, max: most }));
        }
        let operation = operation(ctx)?;
        let entered = enter(operation, "nodes.read").await?;
        let mut nodes = Vec::with_capacity(ids.len());
        for id in &ids {
            nodes.push(find(operation, &entered, id).await?);
        }
        Ok(nodes)
    }
}

async fn enter(operation: &Operation, action: &'static str) -> Result<Entered> {
    let entry = operation.trail.open(&operation.caller, action, Some(operation.ordinary_purpose()));
    let reading = operation.reading().await.inspect_err(|_| entry.denied())?;
    Ok(Entered { reading, entry })
}

/// Asks for what the type's own list or field asks for; a self-service token reaches its own person and that person's
/// requests, consents, restrictions and accounting records, nothing else (contract rule 16).
async fn find(operation: &Operation, entered: &Entered, id: &str) -> Result<Option<Node>> {
    match AnyId::parse(id) {
        Ok(AnyId::SubjectId(id)) => find_subject(operation, entered, id).await,
        Ok(AnyId::RequestId(id)) => find_request(operation, entered, id).await,
        Ok(AnyId::ConsentId(id)) => find_consent(operation, entered, id).await,
        Ok(AnyId::AccountingRecordId(id)) => find_record(operation, entered, id).await,
        Ok(AnyId::RestrictionId(id)) => find_restriction(operation, entered, id).await,
        Ok(AnyId::LegalHoldId(id)) => find_hold(operation, entered, id).await,
        Ok(AnyId::RetentionRuleId(id)) => find_rule(operation, entered, id).await,
        Ok(AnyId::AuditEventId(id)) => find_event(operation, entered, id).await,
        Ok(AnyId::TenantId(id)) => find_tenant(operation, entered, id).await,
        Ok(AnyId::AgreementId(id)) => find_agreement(operation, entered, id).await,
        Ok(AnyId::InstructionId(id)) => find_instruction(operation, entered, id).await,
        Ok(AnyId::SubprocessorId(id)) => find_subprocessor(operation, entered, id).await,
        Ok(AnyId::SystemId(id)) => find_system(operation, entered, id).await,
        Ok(AnyId::TaskId(id)) => find_task(operation, entered, id).await,
        Ok(AnyId::BreachId(id)) => find_breach(operation, entered, id).await,
        Ok(AnyId::TenantExportId(id)) => find_tenant_export(operation, entered, id).await,
        Ok(_) | Err(_) => Ok(None),
    }
}

async fn find_subject(operation: &Operation, entered: &Entered, id: SubjectId) -> Result<Option<Node>> {
    let purpose = match operation.caller.own_subject() {
        Some(_) if operation.may("Query", "me") && operation.caller.reaches(id) => Purpose::RightsHandling,
        None if operation.may("Query", "dataSubject") => operation.ordinary_purpose(),
        _ => return Ok(None),
    };
    let view = entered.view(purpose);
    let found = view.find(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|person| DataSubject::alone(person).into()))
}

async fn find_request(operation: &Operation, entered: &Entered, id: RequestId) -> Result<Option<Node>> {
    if !operation.may("Query", "rightsRequest") {
        return Ok(None);
    }
    let found = entered.reading.find_request(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|request| one_request(entered.clone(), request).into()))
}

async fn find_consent(operation: &Operation, entered: &Entered, id: ConsentId) -> Result<Option<Node>> {
    if !operation.may("DataSubject", "consents") {
        return Ok(None);
    }
    let found = entered.reading.find_consent(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|consent| {
        entered.entry.reached(consent.subject);
        Consent(consent).into()
    }))
}

async fn find_record(
    operation: &Operation,
    entered: &Entered,
    id: AccountingRecordId,
) -> Result<Option<Node>> {
    if !operation.may("DataSubject", "accountingRecords") {
        return Ok(None);
    }
    let own = operation.caller.own_subject().is_some();
    let purpose = if own { Purpose::RightsHandling } else { operation.ordinary_purpose() };
    Ok(one_record(entered, id, purpose).await?.map(Into::into))
}

async fn find_restriction(
    operation: &Operation,
    entered: &Entered,
    id: RestrictionId,
) -> Result<Option<Node>> {
    if !operation.may("DataSubject", "restrictions") {
        return Ok(None);
    }
    let found = entered.reading.find_restriction(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|restriction| {
        entered.entry.reached(restriction.subject);
        Restriction(restriction).into()
    }))
}

async fn find_hold(operation: &Operation, entered: &Entered, id: LegalHoldId) -> Result<Option<Node>> {
    if !operation.may("DataSubject", "legalHolds") {
        return Ok(None);
    }
    let found = entered.reading.find_hold(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|hold| {
        entered.entry.reached(hold.subject);
        LegalHold(hold).into()
    }))
}

async fn find_rule(operation: &Operation, entered: &Entered, id: RetentionRuleId) -> Result<Option<Node>> {
    if !operation.may("Query", "retentionRules") {
        return Ok(None);
    }
    let found = entered.reading.find_rule(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|rule| RetentionRule(rule).into()))
}

async fn find_event(operation: &Operation, entered: &Entered, id: AuditEventId) -> Result<Option<Node>> {
    if !operation.may("Query", "auditEvents") {
        return Ok(None);
    }
    let found = entered.reading.find_event(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|event| AuditEvent::alone(event, &entered.reading).into()))
}

async fn find_tenant(operation: &Operation, entered: &Entered, id: TenantId) -> Result<Option<Node>> {
    let reads = operation.caller.authority.scopes().contains(&domain::scope::Scope::AgreementsRead);
    if !reads || id != entered.reading.tenant() {
        return Ok(None);
    }
    let found = Tenant::of(Opened::Served(Arc::clone(&entered.reading))).await?;
    Ok(Some(found.into()))
}

async fn find_subprocessor(
    operation: &Operation,
    entered: &Entered,
    id: SubprocessorId,
) -> Result<Option<Node>> {
    if !operation.may("Query", "subprocessors") {
        return Ok(None);
    }
    let found = Opened::Served(Arc::clone(&entered.reading)).find_subprocessor(id).await;
    Ok(found.map_err(|error| errors::internal(&error))?.map(|entry| Subprocessor(entry).into()))
}

async fn find_system(operation: &Operation, entered: &Entered, id: SystemId) -> Result<Option<Node>> {
    if !operation.may("Query", "downstreamSystems") {
        return Ok(None);
    }
    let found = entered.reading.find_system(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|stored| DownstreamSystem::whole(stored).into()))
}

async fn find_task(operation: &Operation, entered: &Entered, id: TaskId) -> Result<Option<Node>> {
    if operation.caller.own_subject().is_some() || !operation.may("Query", "rightsRequest") {
        return Ok(None);
    }
    let found = entered.reading.find_task(id).await.map_err(|error| errors::internal(&error))?;
    let Some(task) = found else { return Ok(None) };
    entered.entry.reached(task.subject);
    Ok(Some(one_task(entered, task).await?.into()))
}

async fn find_breach(operation: &Operation, entered: &Entered, id: BreachId) -> Result<Option<Node>> {
    if !operation.may("Query", "personalDataBreaches") {
        return Ok(None);
    }
    let found = Opened::Served(Arc::clone(&entered.reading)).find_breach(id).await;
    Ok(found.map_err(|error| errors::internal(&error))?.map(|breach| PersonalDataBreach(breach).into()))
}

async fn find_agreement(operation: &Operation, entered: &Entered, id: AgreementId) -> Result<Option<Node>> {
    if !operation.may("Tenant", "agreements") {
        return Ok(None);
    }
    let opened = Opened::Served(Arc::clone(&entered.reading));
    Ok(one_agreement(&opened, id).await?.map(Into::into))
}

async fn find_instruction(
    operation: &Operation,
    entered: &Entered,
    id: InstructionId,
) -> Result<Option<Node>> {
    if !operation.may("Tenant", "agreements") {
        return Ok(None);
    }
    let opened = Opened::Served(Arc::clone(&entered.reading));
    Ok(one_instruction(&opened, id).await?.map(Into::into))
}

async fn find_tenant_export(
    operation: &Operation,
    entered: &Entered,
    id: TenantExportId,
) -> Result<Option<Node>> {
    if !operation.may("Query", "tenantExport") {
        return Ok(None);
    }
    let reading = Arc::clone(&entered.reading);
    let found = reading.find_tenant_export(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|stored| TenantExport { stored, reading }.into()))
}
