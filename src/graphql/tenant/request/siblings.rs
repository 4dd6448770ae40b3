//! What hangs on the requests of one page is loaded for all of them at once, by whichever asks first.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::Result;
use domain::id::{RequestId, SubjectId};
use domain::purpose::Purpose;
use jiff::Timestamp;
use tokio::sync::OnceCell;

use super::super::subject;
use super::super::task::{DownstreamTask, Systems};
use crate::graphql::errors;
use crate::graphql::operation::Entered;
use crate::service::disclosure::{Person, View};
use crate::service::reading::Reading;
use crate::service::records::{
    StoreError, StoredCertificate, StoredPackage, StoredRequest, StoredStep, StoredTask,
};

/// The requests of a page.
pub struct Siblings {
    ids: Vec<RequestId>,
    people: Vec<SubjectId>,
    /// What hangs on the persons that they are about.
    pub family: Arc<subject::Siblings>,
    subjects: OnceCell<HashMap<SubjectId, Arc<Person>>>,
    packages: OnceCell<HashMap<RequestId, StoredPackage>>,
    steps: OnceCell<HashMap<RequestId, Vec<StoredStep>>>,
    certificates: OnceCell<HashMap<RequestId, Vec<StoredCertificate>>>,
    tasks: OnceCell<HashMap<RequestId, Vec<StoredTask>>>,
    systems: Arc<Systems>,
}

impl Siblings {
    /// The requests of a page.
    pub fn new(requests: &[StoredRequest]) -> Self {
        let people: BTreeSet<SubjectId> = requests.iter().map(|request| request.subject).collect();
        let people: Vec<_> = people.into_iter().collect();
        Self {
            ids: requests.iter().map(|request| request.id).collect(),
            family: Arc::new(subject::Siblings::new(people.clone())),
            people,
            subjects: OnceCell::new(),
            packages: OnceCell::new(),
            steps: OnceCell::new(),
            certificates: OnceCell::new(),
            tasks: OnceCell::new(),
            systems: Arc::default(),
        }
    }

    /// One of the persons that they are about, read for the handling of rights.
    pub async fn person(&self, id: SubjectId, entered: &Entered) -> Result<Arc<Person>> {
        let people = self.subjects(&entered.view(Purpose::RightsHandling)).await?;
        let inconsistent = StoreError::Inconsistent { table: "rights_request", column: "subject_id" };
        people.get(&id).cloned().ok_or_else(|| errors::internal(&inconsistent))
    }

    async fn subjects(&self, view: &View) -> Result<&HashMap<SubjectId, Arc<Person>>> {
        let load = || async {
            let all = view.find_all(&self.people).await.map_err(|error| errors::internal(&error))?;
            Ok(all.into_iter().map(|person| (person.id(), Arc::new(person))).collect())
        };
        self.subjects.get_or_try_init(load).await
    }

    /// Their packages.
    pub async fn packages(&self, reading: &Reading) -> Result<&HashMap<RequestId, StoredPackage>> {
        let load = || async {
            let all = reading.list_packages(&self.ids).await.map_err(|error| errors::internal(&error))?;
            Ok(all.into_iter().map(|package| (package.request, package)).collect())
        };
        self.packages.get_or_try_init(load).await
    }

    /// What was certified of their erasures, oldest first.
    pub async fn certificates(
        &self,
        reading: &Reading,
    ) -> Result<&HashMap<RequestId, Vec<StoredCertificate>>> {
        let load = || async { reading.list_certificates(&self.ids).await };
        self.certificates.get_or_try_init(load).await.map_err(|error| errors::internal(&error))
    }

    /// What systems outside must do for one of them, oldest first.
    pub async fn tasks(
        &self,
        (of, due_at): (RequestId, Timestamp),
        entered: &Entered,
    ) -> Result<Vec<DownstreamTask>> {
        let load = || async {
            let mut tasks: HashMap<RequestId, Vec<StoredTask>> = HashMap::new();
            for task in
                entered.reading.list_tasks(&self.ids).await.map_err(|error| errors::internal(&error))?
            {
                tasks.entry(task.request).or_default().push(task);
            }
            Ok::<_, async_graphql::Error>(tasks)
        };
        let own = self.tasks.get_or_try_init(load).await?.get(&of).cloned().unwrap_or_default();
        Ok(own.into_iter().map(|task| DownstreamTask::new((task, due_at), entered, &self.systems)).collect())
    }

    /// The steps of their lives, oldest first.
    pub async fn steps(&self, reading: &Reading) -> Result<&HashMap<RequestId, Vec<StoredStep>>> {
        let load = || async {
            let mut steps: HashMap<RequestId, Vec<StoredStep>> = HashMap::new();
            for step in reading.list_steps(&self.ids).await.map_err(|error| errors::internal(&error))? {
                steps.entry(step.request).or_default().push(step);
            }
            Ok(steps)
        };
        self.steps.get_or_try_init(load).await
    }
}
