//! The controller's instructions under an agreement (Art. 28(3)(a)).

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use domain::id::{AgreementId, AuditEventId, InstructionId};
use tokio::sync::OnceCell;

use super::super::audit::{AuditEvent, Evidence};
use super::super::page::{self, PageInfo, Stand};
use crate::graphql::errors;
use crate::graphql::items::Items;
use crate::graphql::operation::{Operation, operation};
use crate::graphql::scalars::DateTime;
use crate::graphql::vocabulary::InstructionKind;
use crate::service::page::{Cursors, PageSize, Position};
use crate::service::reading::Opened;
use crate::service::records::{RecordedEvent, StoredInstruction};

const SIZE: PageSize = PageSize { default: 20, most: 100 };

/// The instructions of a page, whose entries in the audit log are loaded at once.
struct Siblings {
    opened: Opened,
    events: Vec<AuditEventId>,
    loaded: OnceCell<(HashMap<AuditEventId, RecordedEvent>, Arc<Evidence>)>,
}

impl Siblings {
    fn new(opened: &Opened, instructions: &[StoredInstruction]) -> Self {
        let events = instructions.iter().map(|instruction| instruction.event).collect();
        Self { opened: opened.clone(), events, loaded: OnceCell::new() }
    }

    async fn event(&self, id: AuditEventId) -> Result<Option<AuditEvent>> {
        // The log is served with the persons that it names, or not at all.
        let Opened::Served(reading) = &self.opened else { return Ok(None) };
        let load = || async {
            let all = reading.find_events(&self.events).await.map_err(|error| errors::internal(&error))?;
            let evidence = Evidence::of(reading, &all);
            let by_id = all.into_iter().map(|event| (event.id, event)).collect();
            Ok::<_, async_graphql::Error>((by_id, evidence))
        };
        let (events, evidence) = self.loaded.get_or_try_init(load).await?;
        Ok(events.get(&id).map(|event| AuditEvent::new(event.clone(), Arc::clone(evidence))))
    }
}

/// A decision of the controller, kept as its instruction to the platform, Art. 28(3)(a).
pub struct Instruction {
    stored: StoredInstruction,
    siblings: Arc<Siblings>,
}

/// An instruction by identifier.
pub async fn one_instruction(opened: &Opened, id: InstructionId) -> Result<Option<Instruction>> {
    let found = opened.find_instruction(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|stored| Instruction {
        siblings: Arc::new(Siblings::new(opened, std::slice::from_ref(&stored))),
        stored,
    }))
}

/// A decision of the controller, kept as its instruction to the platform, Art. 28(3)(a).
#[Object]
impl Instruction {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.stored.id.to_string().into()
    }

    /// What was decided.
    async fn kind(&self) -> InstructionKind {
        self.stored.kind.into()
    }

    /// When.
    async fn given_at(&self) -> DateTime {
        self.stored.given_at.into()
    }

    /// By whom: the token's subject.
    async fn given_by(&self) -> ID {
        self.stored.given_by.as_str().into()
    }

    /// Its entry in the audit log, for tokens that may read the log (`audit:read`); null for others, and while no personal data is served.
    async fn event(&self, ctx: &Context<'_>) -> Option<Result<AuditEvent>> {
        match operation(ctx) {
            Ok(operation) if operation.may("Query", "auditEvents") => {
                self.siblings.event(self.stored.event).await.transpose()
            }
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

/// A page of the instructions under an agreement, newest first.
pub async fn page_of(
    operation: &Operation,
    (opened, under): (&Opened, AgreementId),
    (first, after): (Option<i32>, Option<String>),
) -> Result<InstructionConnection> {
    let first = SIZE.of(first).map_err(page::refused)?;
    let name = format!("instructionLog of {under}");
    let cursors = Cursors::new(operation.gateway.store.clone(), opened.tenant(), name);
    let behind = cursors.open(after.as_deref()).map_err(page::refused)?;
    let after = behind.map(|position| InstructionId::from_uuid(position.id));
    let listed = opened.list_instructions(under, after, first + 1).await;
    let mut listed = listed.map_err(|error| errors::internal(&error))?;
    let more = listed.len() > first as usize;
    listed.truncate(first as usize);
    let stand = Stand { cursors, ends: page::ends(&listed, position), more, behind: behind.is_some() };
    let siblings = Arc::new(Siblings::new(opened, &listed));
    let node = |stored| Instruction { stored, siblings: Arc::clone(&siblings) };
    Ok(InstructionConnection {
        nodes: listed.into_iter().map(node).collect(),
        stand,
        under,
        opened: opened.clone(),
    })
}

fn position(instruction: &StoredInstruction) -> Position {
    Position { key: 0, id: instruction.id.uuid() }
}

/// A page of instructions.
pub struct InstructionConnection {
    nodes: Vec<Instruction>,
    stand: Stand,
    under: AgreementId,
    opened: Opened,
}

/// A page of instructions.
#[Object]
impl InstructionConnection {
    /// Edges.
    async fn edges(&self) -> Items<InstructionEdge<'_>> {
        self.nodes.iter().map(|node| InstructionEdge { node, stand: &self.stand }).collect()
    }

    /// Page info.
    async fn page_info(&self) -> Result<PageInfo> {
        self.stand.info()
    }

    /// All that match, counted only when asked for.
    async fn total_count(&self) -> Result<i32> {
        let counted = self.opened.count_instructions(self.under).await;
        Ok(page::count(counted.map_err(|error| errors::internal(&error))?))
    }
}

/// An instruction in a page.
pub struct InstructionEdge<'p> {
    node: &'p Instruction,
    stand: &'p Stand,
}

/// An instruction in a page.
#[Object]
impl<'p> InstructionEdge<'p> {
    /// Opaque.
    async fn cursor(&self) -> Result<String> {
        page::cursor(&self.stand.cursors, position(&self.node.stored))
    }

    /// The instruction.
    async fn node(&self) -> &'p Instruction {
        self.node
    }
}
