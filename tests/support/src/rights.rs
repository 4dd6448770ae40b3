//! Requests for access, as tests bring them along.

use serde_json::json;

use crate::tenant::Tenant;

impl Tenant<'_> {
    /// Staff submits a request for access; gives its identifier.
    pub async fn submits_access(&self, person: &str) -> String {
        let input = json!({ "subjectId": person });
        let answer = self.admin().change("submitAccessRequest", input, "rightsRequest { id }").await;
        answer.string("/submitAccessRequest/rightsRequest/id")
    }

    /// Staff confirms the requester's identity.
    pub async fn verifies(&self, request: &str) {
        let input = json!({ "requestId": request, "method": "ELECTRONIC_ID" });
        let answer = self.admin().change("verifyRequesterIdentity", input, "rightsRequest { status }").await;
        assert_eq!(answer.string("/verifyRequesterIdentity/rightsRequest/status"), "UNDER_REVIEW");
    }

    /// The controller approves.
    pub async fn approves(&self, request: &str) {
        let input = json!({ "requestId": request });
        let answer = self.admin().change("approveRightsRequest", input, "rightsRequest { status }").await;
        assert_eq!(answer.string("/approveRightsRequest/rightsRequest/status"), "IN_PROGRESS");
    }

    /// A request for access is submitted, verified, approved and carried out; gives its identifier.
    pub async fn answers_access(&self, person: &str) -> String {
        let request = self.submits_access(person).await;
        self.verifies(&request).await;
        self.approves(&request).await;
        self.gateway().work().await;
        assert_eq!(self.status_of(&request).await, "COMPLETED");
        request
    }

    /// Where a request stands.
    pub async fn status_of(&self, request: &str) -> String {
        let text = "query($id: ID!) { rightsRequest(id: $id) { status } }";
        self.admin().query(text, json!({ "id": request })).await.string("/rightsRequest/status")
    }

    /// A link to one form of a request's package.
    pub async fn link(&self, request: &str, format: &str) -> String {
        let text = "query($id: ID!, $format: ExportFormat!) { rightsRequest(id: $id) { package { \
                    downloadUrl(format: $format) } } }";
        let answer = self.admin().query(text, json!({ "id": request, "format": format })).await;
        answer.string("/rightsRequest/package/downloadUrl")
    }
}
