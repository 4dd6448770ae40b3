//! Each new head of a tenant's log is brought to the place that the tenant names, signed, and never lost.

pub mod receiver;

use std::time::Duration;

use serde_json::{Value, json};
use support::{Canary, Kind, LEASE, Search, Tenant, TestGateway, complete_person, on_both_databases};
use tlog::{Checkpoint, VerifierKey};

use receiver::Receiver;

on_both_databases! {
    each_new_head_arrives_signed_and_extends_the_one_before,
    a_delivery_leaves_no_entry_that_would_make_the_next_head,
    a_receiver_that_was_down_gets_the_newest_head_alone,
    what_fails_is_tried_again_after_longer_and_longer_pauses,
    a_former_secret_signs_beside_the_new_one_for_a_day,
    nothing_is_sent_to_a_system_that_was_removed,
    a_worker_that_dies_after_posting_leads_to_the_same_message_again,
    a_head_whose_sequencer_dies_is_delivered_if_it_was_signed,
    of_several_workers_one_posts_a_head,
    a_head_that_is_signed_during_a_delivery_is_delivered_next,
    a_slow_receiver_keeps_no_other_delivery_waiting,
    neither_secret_nor_address_lies_readable_in_the_databases,
    heads_go_out_until_the_tenant_has_ended,
}

pub const SYSTEM: &str = "system { id name endpoint receives removedAt auditDelivery { treeSize deliveredAt failingSince lastError } }";

/// Registers a system that receives heads; gives its identifier and its secret.
pub async fn registers(tenant: &Tenant<'_>, name: &str, endpoint: &str) -> (String, String) {
    let input =
        json!({ "name": name, "endpoint": endpoint, "dataCategories": [], "receives": ["AUDIT_CHECKPOINT"] });
    let selection = format!("{SYSTEM} secret");
    let answer = tenant.admin().change("registerDownstreamSystem", input, &selection).await;
    answer.succeeded();
    let text = |pointer| answer.payload(pointer).as_str().unwrap().to_owned();
    (text("/system/id"), text("/secret"))
}

async fn on_system(tenant: &Tenant<'_>, mutation: &str, system: &str) -> support::Answer {
    tenant.admin().change(mutation, json!({ "systemId": system }), SYSTEM).await
}

/// How the delivery to the tenant's only system stands.
async fn state(tenant: &Tenant<'_>) -> Value {
    let text = "{ downstreamSystems { auditDelivery { treeSize deliveredAt failingSince lastError } } }";
    let found = tenant.staff("systems:read").query(text, Value::Null).await;
    found.data("/downstreamSystems/0/auditDelivery")
}

async fn verifier_key(tenant: &Tenant<'_>) -> VerifierKey {
    let told = tenant.staff("audit:read").query("{ auditCheckpoint { verifierKey } }", Value::Null).await;
    VerifierKey::parse(&told.string("/auditCheckpoint/verifierKey")).unwrap()
}

/// Something happens in the tenant, and its log gets a new head.
async fn grows(tenant: &Tenant<'_>) {
    let gateway = tenant.gateway();
    gateway.clock.advance(Duration::from_millis(5));
    tenant.admin().query("{ dataSubjects { totalCount } }", Value::Null).await;
    assert_ne!(gateway.sequence().await, 0);
}

/// A tenant with a person and a system that has confirmed the first head.
async fn with_receiver(gateway: &TestGateway) -> (Tenant<'_>, Receiver, String, String) {
    let (tenant, receiver) = (gateway.tenant().await, Receiver::start().await);
    tenant.registers(complete_person("granskad")).await;
    gateway.sequence().await;
    gateway.clock.advance(Duration::from_millis(5));
    let (system, secret) = registers(&tenant, "Revision", &receiver.url()).await;
    gateway.sequence().await;
    assert_eq!(gateway.deliver().await, 1);
    (tenant, receiver, system, secret)
}

async fn each_new_head_arrives_signed_and_extends_the_one_before(gateway: &TestGateway) {
    let (tenant, receiver, _, secret) = with_receiver(gateway).await;
    let key = verifier_key(&tenant).await;
    let mut earlier: Option<Checkpoint> = None;
    for round in 0..4 {
        if round > 0 {
            grows(&tenant).await;
            assert_eq!(gateway.deliver().await, 1);
        }
        let (message, told) = (receiver.last(), state(&tenant).await);
        assert_eq!(receiver.received().len(), round + 1);
        assert!(message.is_signed_by(&secret));
        assert_eq!(message.timestamp, gateway.now().as_second());
        let (body, head) = (message.json(), message.head(&key));
        assert_eq!(body["type"], "audit.checkpoint");
        assert_eq!(body["timestamp"], gateway.now().to_string());
        assert_eq!(body["data"]["tenantId"], tenant.id.to_string());
        assert_eq!(head.origin, format!("convenio.se/audit/{}", tenant.id));
        let delivered = json!({ "treeSize": head.size, "deliveredAt": told["deliveredAt"], "failingSince": null, "lastError": null });
        assert_eq!(told, delivered);
        assert!(told["deliveredAt"].is_string());
        match &earlier {
            None => assert_eq!(body["data"]["consistency"], Value::Null),
            Some(earlier) => message.extends(earlier, &key),
        }
        earlier = Some(head);
    }
    let ids: std::collections::BTreeSet<_> = receiver.received().into_iter().map(|one| one.id).collect();
    assert_eq!(ids.len(), 4, "each head is a message of its own");
}

async fn a_delivery_leaves_no_entry_that_would_make_the_next_head(gateway: &TestGateway) {
    let (_tenant, receiver, ..) = with_receiver(gateway).await;
    for _ in 0..3 {
        gateway.clock.advance(Duration::from_secs(1));
        gateway.work().await;
        assert_eq!(gateway.deliver().await, 0);
    }
    assert_eq!(receiver.received().len(), 1);
}

async fn a_receiver_that_was_down_gets_the_newest_head_alone(gateway: &TestGateway) {
    let (tenant, receiver, ..) = with_receiver(gateway).await;
    let key = verifier_key(&tenant).await;
    let confirmed = receiver.last().head(&key);
    receiver.answers(503);
    grows(&tenant).await;
    gateway.deliver().await;
    let since = gateway.now().to_string();
    for _ in 0..5 {
        grows(&tenant).await;
        assert_eq!(gateway.deliver().await, 0, "a new head does not shorten the pause");
    }
    let told = state(&tenant).await;
    assert_eq!(told["treeSize"], confirmed.size);
    assert_eq!(told["failingSince"].as_str().unwrap()[..19], since[..19]);
    assert_eq!(told["lastError"], "the endpoint answered with status 503");
    receiver.answers(200);
    gateway.clock.advance(Duration::from_secs(5));
    assert_eq!(gateway.deliver().await, 1);
    assert_eq!(receiver.received().len(), 3);
    receiver.last().extends(&confirmed, &key);
    assert_eq!(receiver.last().head(&key).size, confirmed.size + 6);
    let told = state(&tenant).await;
    assert_eq!((&told["failingSince"], &told["lastError"]), (&Value::Null, &Value::Null));
    assert_eq!(gateway.deliver().await, 0, "nothing was queued for each head");
}

async fn what_fails_is_tried_again_after_longer_and_longer_pauses(gateway: &TestGateway) {
    let (tenant, receiver, ..) = with_receiver(gateway).await;
    receiver.answers(302);
    grows(&tenant).await;
    gateway.deliver().await;
    let mut messages = vec![receiver.last()];
    for pause in [5_u64, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600] {
        let early = pause * 3 / 4 - 2;
        gateway.clock.advance(Duration::from_secs(early));
        assert_eq!(gateway.deliver().await, 0, "too early for the pause of {pause} s");
        gateway.clock.advance(Duration::from_secs(pause - early));
        assert_eq!(gateway.deliver().await, 1, "after {pause} s");
        messages.push(receiver.last());
    }
    assert!(messages.iter().all(|one| one.id == messages[0].id && one.body == messages[0].body));
}

async fn a_former_secret_signs_beside_the_new_one_for_a_day(gateway: &TestGateway) {
    let (tenant, receiver, system, first) = with_receiver(gateway).await;
    let rotate = async || {
        let input = json!({ "systemId": system });
        let selection = format!("{SYSTEM} secret");
        tenant.admin().change("rotateDownstreamSecret", input, &selection).await
    };
    let second = rotate().await.payload("/secret").as_str().unwrap().to_owned();
    let signed = async || {
        grows(&tenant).await;
        gateway.deliver().await;
        let message = receiver.last();
        (message.is_signed_by(&first), message.is_signed_by(&second), message.signatures.len())
    };
    assert_eq!(signed().await, (true, true, 2));
    gateway.clock.advance(Duration::from_hours(24) - Duration::from_secs(1));
    assert_eq!(signed().await, (true, true, 2));
    gateway.clock.advance(Duration::from_secs(1));
    assert_eq!(signed().await, (false, true, 1));
    for _ in 0..4 {
        rotate().await.succeeded();
    }
    assert_eq!(
        rotate().await.user_errors(),
        ["CONFLICT input.systemId"],
        "no more signatures in one message"
    );
    let kept = gateway.databases.texts(Kind::Data, "SELECT count(*) || '' FROM downstream_secret").await;
    assert_eq!(kept, ["5"], "the one whose day is over is gone");
}

async fn nothing_is_sent_to_a_system_that_was_removed(gateway: &TestGateway) {
    let (tenant, receiver, system, _) = with_receiver(gateway).await;
    receiver.answers(500);
    grows(&tenant).await;
    gateway.deliver().await;
    let removed = on_system(&tenant, "removeDownstreamSystem", &system).await;
    removed.succeeded();
    assert!(removed.payload("/system/removedAt").is_string());
    assert_eq!(removed.payload("/system/auditDelivery"), Value::Null);
    grows(&tenant).await;
    gateway.clock.advance(Duration::from_hours(2));
    assert_eq!(gateway.deliver().await, 0);
    assert_eq!(receiver.received().len(), 2);
    let list = tenant.admin().query("{ downstreamSystems { id } }", Value::Null).await;
    assert_eq!(list.data("/downstreamSystems"), json!([]));
    for mutation in ["removeDownstreamSystem", "rotateDownstreamSecret"] {
        assert_eq!(on_system(&tenant, mutation, &system).await.user_errors(), ["CONFLICT input.systemId"]);
    }
    let secrets = gateway.databases.texts(Kind::Data, "SELECT count(*) || '' FROM downstream_secret").await;
    assert_eq!(secrets, ["0"]);
    registers(&tenant, "Revision", &receiver.url()).await;
}

async fn a_worker_that_dies_after_posting_leads_to_the_same_message_again(gateway: &TestGateway) {
    let (tenant, receiver, ..) = with_receiver(gateway).await;
    let key = verifier_key(&tenant).await;
    let before = state(&tenant).await["treeSize"].clone();
    grows(&tenant).await;
    let delivery = gateway::worker::delivery::deliver_once(gateway.service(), LEASE);
    assert!(store::failpoint::stop_at("delivery.posted", delivery).await.is_err());
    gateway.databases.come_to_rest().await;
    assert_eq!(state(&tenant).await["treeSize"], before);
    assert_eq!(gateway.deliver().await, 0, "its lease runs on");
    gateway.clock.advance(LEASE);
    assert_eq!(gateway.deliver().await, 1);
    let [.., first, second] = &receiver.received()[..] else { panic!("two attempts") };
    assert_eq!((&first.id, &first.body), (&second.id, &second.body));
    assert_eq!(state(&tenant).await["treeSize"], second.head(&key).size);
    assert_eq!(gateway.deliver().await, 0);
}

async fn a_head_whose_sequencer_dies_is_delivered_if_it_was_signed(gateway: &TestGateway) {
    let (tenant, receiver, ..) = with_receiver(gateway).await;
    for (place, delivered) in [("audit.before_commit", 0), ("audit.committed", 1)] {
        gateway.clock.advance(Duration::from_millis(5));
        tenant.admin().query("{ dataSubjects { totalCount } }", Value::Null).await;
        let sequencing = gateway::worker::sequencing::sequence_all(gateway.service());
        assert!(store::failpoint::stop_at(place, sequencing).await.is_err());
        gateway.databases.come_to_rest().await;
        assert_eq!(gateway.deliver().await, delivered, "{place}");
    }
    assert_eq!(receiver.received().len(), 2);
    assert!(is_up_to_date(&tenant).await);
}

async fn of_several_workers_one_posts_a_head(gateway: &TestGateway) {
    let (tenant, receiver, ..) = with_receiver(gateway).await;
    grows(&tenant).await;
    let worker =
        || async { gateway::worker::delivery::deliver_once(gateway.service(), LEASE).await.unwrap() };
    let tried = futures::future::join_all((0..4).map(|_| worker())).await;
    assert_eq!(tried.into_iter().filter(|tried| *tried).count(), 1);
    assert_eq!(receiver.received().len(), 2);
}

async fn a_head_that_is_signed_during_a_delivery_is_delivered_next(gateway: &TestGateway) {
    let (tenant, receiver, ..) = with_receiver(gateway).await;
    let key = verifier_key(&tenant).await;
    grows(&tenant).await;
    let delivery = gateway::worker::delivery::deliver_once(gateway.service(), LEASE);
    store::failpoint::pause_at("delivery.posted", delivery, grows(&tenant)).await.unwrap();
    let earlier = receiver.last().head(&key);
    assert_eq!(gateway.deliver().await, 1);
    receiver.last().extends(&earlier, &key);
    assert_eq!(receiver.last().head(&key).size, earlier.size + 1);
}

/// In a real worker, whose poll is short here.
async fn a_slow_receiver_keeps_no_other_delivery_waiting(gateway: &TestGateway) {
    let (slow_tenant, slow, ..) = with_receiver(gateway).await;
    let (quick_tenant, quick, ..) = with_receiver(gateway).await;
    slow.answers_after(Duration::from_mins(1));
    grows(&slow_tenant).await;
    grows(&quick_tenant).await;
    let rhythm = gateway::worker::Rhythm {
        poll: Duration::from_millis(10),
        lease: LEASE,
        sequence: Duration::from_secs(1),
    };
    let stop = support::tokio::sync::watch::Sender::new(false);
    let run = gateway::worker::delivery::run(gateway.service().clone(), rhythm, stop.subscribe());
    let running = support::tokio::spawn(run);
    let both = async {
        while (slow.received().len(), quick.received().len()) != (2, 2) || !is_up_to_date(&quick_tenant).await
        {
            support::tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let came = support::tokio::time::timeout(Duration::from_secs(12), both).await;
    assert!(came.is_ok(), "{} {}", slow.received().len(), quick.received().len());
    assert!(!is_up_to_date(&slow_tenant).await, "it has not answered yet");
    running.abort();
}

async fn is_up_to_date(tenant: &Tenant<'_>) -> bool {
    let newest = "{ auditCheckpoint { treeSize } downstreamSystems { auditDelivery { treeSize } } }";
    let told = tenant.admin().query(newest, Value::Null).await.data("");
    told["auditCheckpoint"]["treeSize"] == told["downstreamSystems"][0]["auditDelivery"]["treeSize"]
}

async fn neither_secret_nor_address_lies_readable_in_the_databases(gateway: &TestGateway) {
    let receiver = Receiver::start().await;
    let tenant = gateway.tenant().await;
    let address = format!("{}?key=zqaddressqz", receiver.url());
    let (system, secret) = registers(&tenant, "Revision", &address).await;
    let second =
        tenant.admin().change("rotateDownstreamSecret", json!({ "systemId": system }), "secret").await;
    let second = second.payload("/secret").as_str().unwrap().to_owned();
    gateway.sequence().await;
    gateway.deliver().await;
    let bare = |secret: &str| secret.trim_start_matches("whsec_").trim_end_matches('=').to_owned();
    let canaries = [Canary::new("zqaddressqz"), Canary::new(bare(&secret)), Canary::new(bare(&second))];
    let search = Search::new(&canaries);
    for (place, bytes) in gateway.databases.everything_on_disk().await {
        assert_eq!(search.run(&bytes), [], "in {place}");
    }
    let shown = tenant.admin().query("{ downstreamSystems { endpoint } }", Value::Null).await;
    assert_eq!(shown.data("/downstreamSystems/0/endpoint"), address);
}

async fn heads_go_out_until_the_tenant_has_ended(gateway: &TestGateway) {
    let (tenant, receiver, system, _) = with_receiver(gateway).await;
    tenant.leaves().await;
    gateway.sequence().await;
    assert_eq!(gateway.deliver().await, 1);
    assert_eq!(on_system(&tenant, "removeDownstreamSystem", &system).await.code(), "TENANT_NOT_SERVED");
    let sent = receiver.received().len();
    tenant.ended_long_ago().await;
    gateway.work().await;
    gateway.sequence().await;
    assert_eq!(gateway.deliver().await, 0);
    assert_eq!(receiver.received().len(), sent);
    for table in ["downstream_system", "downstream_secret", "audit_delivery"] {
        let count = format!("SELECT count(*) || '' FROM {table}");
        assert_eq!(gateway.databases.texts(Kind::Data, &count).await, ["0"], "{table}");
    }
}
