//! Deadlines as requests live through them: pause, extension, being overdue, being reminded (Art. 12(3), (4), (6)).

use std::time::Duration;

use serde_json::{Value, json};
use support::{Tenant, TestGateway, begins, on_both_databases, person};

on_both_databases! {
    the_clock_stands_while_the_requester_is_asked_to_identify,
    an_extension_counts_three_months_from_receipt,
    an_extension_is_open_until_the_end_of_the_first_month,
    a_refusal_after_the_first_month_is_marked,
    lists_know_the_deadline_of_a_paused_request,
    each_reminder_comes_once_on_its_day,
    reminders_follow_the_deadline,
    nothing_is_reminded_of_once_it_is_answered,
    a_deadline_is_explained_step_by_step_in_both_languages,
}

async fn received(tenant: &Tenant<'_>, at: &str) -> String {
    let id = tenant.registers(person("Ada Prov")).await;
    tenant.tries("ERASURE", &id, json!({ "channel": "LETTER", "receivedAt": at })).await.made()
}

async fn due(tenant: &Tenant<'_>, request: &str) -> (String, String) {
    let found = tenant.request(request, "dueAt unpausedDueAt").await;
    let day = |member: &str| {
        let at: jiff::Timestamp = found[member].as_str().unwrap().parse().unwrap();
        let local = at.in_tz("Europe/Stockholm").unwrap();
        assert_eq!(local.strftime("%H:%M:%S%.3f").to_string(), "23:59:59.999", "{member}");
        local.date().to_string()
    };
    (day("dueAt"), day("unpausedDueAt"))
}

async fn the_clock_stands_while_the_requester_is_asked_to_identify(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let request = received(&tenant, "2026-03-02T08:00:00Z").await;
    assert_eq!(due(&tenant, &request).await.0, "2026-04-02");
    gateway.on("2026-03-04");
    tenant.takes("askForIdentity", &request).await.succeeded();
    let asked = tenant.request(&request, "identityAskedAt identityVerification { method }").await;
    assert_eq!(asked, json!({ "identityAskedAt": "2026-03-04T11:00:00.000Z", "identityVerification": null }));
    for (today, paused) in [
        ("2026-03-04", "2026-04-02"),
        // Good Friday, a weekend and Easter Monday are passed over.
        ("2026-03-05", "2026-04-07"),
        ("2026-03-06", "2026-04-07"),
        ("2026-03-09", "2026-04-07"),
        ("2026-03-10", "2026-04-08"),
    ] {
        gateway.on(today);
        assert_eq!(due(&tenant, &request).await, (paused.to_owned(), "2026-04-02".to_owned()), "{today}");
    }
    tenant.verifies(&request).await;
    gateway.on("2026-03-25");
    assert_eq!(
        due(&tenant, &request).await,
        ("2026-04-08".to_owned(), "2026-04-02".to_owned()),
        "it runs again"
    );
    gateway.on("2026-04-08");
    assert_eq!(tenant.request(&request, "overdue").await["overdue"], false);
    gateway.on("2026-04-09");
    assert_eq!(tenant.request(&request, "overdue").await["overdue"], true);

    let never = received(&tenant, "2026-04-09T08:00:00Z").await;
    tenant.takes("askForIdentity", &never).await.succeeded();
    gateway.on("2026-04-19");
    tenant.takes("withdrawRightsRequest", &never).await.succeeded();
    let closed = due(&tenant, &never).await;
    gateway.on("2026-04-30");
    assert_eq!(due(&tenant, &never).await, closed, "what is closed stands still");
}

async fn an_extension_counts_three_months_from_receipt(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for (at, first, extended) in [
        ("2026-03-02T08:00:00Z", "2026-04-02", "2026-06-02"),
        ("2026-02-28T08:00:00Z", "2026-03-30", "2026-05-28"),
        ("2026-02-24T08:00:00Z", "2026-03-24", "2026-05-25"),
        ("2026-02-06T08:00:00Z", "2026-03-06", "2026-05-06"),
        ("2026-02-14T08:00:00Z", "2026-03-16", "2026-05-15"),
    ] {
        let request = received(&tenant, at).await;
        assert_eq!(due(&tenant, &request).await, (first.to_owned(), first.to_owned()), "{at}");
        let input = json!({ "requestId": request, "grounds": ["NUMBER_OF_REQUESTS", "COMPLEXITY", "COMPLEXITY"], "reason": " Vi är få. " });
        let selection = "rightsRequest { extension { extendedAt grounds reason subjectInformedAt } }";
        let answer = tenant.admin().change("extendDeadline", input, selection).await;
        let now = format!("{:.3}", gateway.now());
        let extension = answer.payload("/rightsRequest/extension");
        assert_eq!(
            extension,
            json!({ "extendedAt": now, "grounds": ["COMPLEXITY", "NUMBER_OF_REQUESTS"], "reason": "Vi är få.", "subjectInformedAt": now })
        );
        assert_eq!(due(&tenant, &request).await, (extended.to_owned(), extended.to_owned()), "{at}");
        let again = tenant.takes("extendDeadline", &request).await;
        assert_eq!(again.user_errors(), ["CONFLICT input.requestId"], "once");
    }
    let both = received(&tenant, "2026-03-02T08:30:00Z").await;
    tenant.takes("askForIdentity", &both).await.succeeded();
    gateway.on("2026-03-12");
    tenant.verifies(&both).await;
    tenant.takes("extendDeadline", &both).await.succeeded();
    assert_eq!(
        due(&tenant, &both).await,
        ("2026-06-12".to_owned(), "2026-06-02".to_owned()),
        "the paused days on top"
    );
}

async fn an_extension_is_open_until_the_end_of_the_first_month(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (in_time, late, paused) = (
        received(&tenant, "2026-03-02T08:00:00Z").await,
        received(&tenant, "2026-03-02T08:00:00Z").await,
        received(&tenant, "2026-03-02T08:00:00Z").await,
    );
    tenant.takes("askForIdentity", &paused).await.succeeded();
    gateway.clock.set(begins("2026-04-03") - Duration::from_millis(1));
    tenant.takes("extendDeadline", &in_time).await.succeeded();
    gateway.clock.set(begins("2026-04-03"));
    for request in [&late, &paused] {
        let refused = tenant.takes("extendDeadline", request).await;
        assert_eq!(
            refused.user_errors(),
            ["DEADLINE_PASSED input.requestId"],
            "no pause makes the month longer"
        );
        assert_eq!(tenant.request(request, "extension { reason }").await["extension"], Value::Null);
    }
}

async fn a_refusal_after_the_first_month_is_marked(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut all = Vec::new();
    for _ in 0..2 {
        let request = received(&tenant, "2026-03-02T08:00:00Z").await;
        tenant.takes("extendDeadline", &request).await.succeeded();
        all.push(request);
    }
    for (request, now, late) in [
        (&all[0], begins("2026-04-03") - Duration::from_millis(1), false),
        (&all[1], begins("2026-04-03"), true),
    ] {
        gateway.clock.set(now);
        tenant.refuses(request).await;
        let decision = tenant.request(request, "overdue decision { lateRefusal }").await;
        assert_eq!(decision, json!({ "overdue": false, "decision": { "lateRefusal": late } }));
    }
}

async fn listed(tenant: &Tenant<'_>, filter: Value) -> Vec<String> {
    let text = "query($filter: RightsRequestFilter) { rightsRequests(filter: $filter) { totalCount edges { node { id } } } }";
    let answer = tenant.admin().query(text, json!({ "filter": filter })).await;
    let edges = answer.data("/rightsRequests/edges");
    let ids: Vec<_> = edges
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| edge["node"]["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(answer.data("/rightsRequests/totalCount"), ids.len());
    ids
}

async fn lists_know_the_deadline_of_a_paused_request(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let paused = received(&tenant, "2026-03-02T08:00:00Z").await;
    let running = received(&tenant, "2026-03-02T08:00:00Z").await;
    tenant.takes("askForIdentity", &paused).await.succeeded();
    for (today, overdue, due_in_april) in [
        ("2026-03-20", vec![], vec![&running, &paused]),
        ("2026-04-02", vec![], vec![&running]),
        ("2026-04-20", vec![&running], vec![&running]),
    ] {
        gateway.on(today);
        gateway.work().await;
        assert_eq!(
            listed(&tenant, json!({ "overdue": true })).await.iter().collect::<Vec<_>>(),
            overdue,
            "{today}"
        );
        let before = json!({ "dueBefore": "2026-05-01T00:00:00+02:00" });
        assert_eq!(listed(&tenant, before).await.iter().collect::<Vec<_>>(), due_in_april, "{today}");
        let shown = tenant.request(&paused, "overdue").await;
        assert_eq!(shown["overdue"], false, "{today}: a list and the request tell the same");
    }
    let all = listed(&tenant, json!({})).await;
    assert_eq!(all, [running, paused], "soonest due first");
}

/// The days on which there was a reminder, from one day to another.
async fn reminded(tenant: &Tenant<'_>, request: &str, (from, to): (&str, &str)) -> Vec<String> {
    let gateway = tenant.gateway();
    let (mut day, to): (jiff::civil::Date, jiff::civil::Date) = (from.parse().unwrap(), to.parse().unwrap());
    let mut days = Vec::new();
    let mut known = tenant.statuses_of(request).await.len();
    while day <= to {
        gateway.up_to(&day.to_string()).await;
        assert_eq!(tenant.statuses_of(request).await.len(), known, "nothing before {day} begins");
        gateway.work().await;
        let now = tenant.statuses_of(request).await.len();
        assert!(now <= known + 1, "at most one reminder on {day}");
        if now > known {
            days.push(day.to_string());
        }
        known = now;
        day = day.tomorrow().unwrap();
    }
    days
}

async fn each_reminder_comes_once_on_its_day(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let request = received(&tenant, "2026-03-02T08:00:00Z").await;
    let days = reminded(&tenant, &request, ("2026-03-03", "2026-04-10")).await;
    assert_eq!(days, ["2026-03-19", "2026-03-26", "2026-03-30", "2026-04-01", "2026-04-03"]);
    assert_eq!(tenant.events("rightsRequest.remind").await, 5);
    let timeline = tenant.request(&request, "timeline { status actorId description occurredAt }").await;
    let steps = timeline["timeline"].as_array().unwrap();
    let told: std::collections::BTreeSet<_> =
        steps.iter().map(|step| step["description"].to_string()).collect();
    assert_eq!(told.len(), 6, "each says something of its own: {told:?}");
    for (step, day) in steps[1..].iter().zip(&days) {
        let at = format!("{:.3}", begins(day));
        assert_eq!((&step["status"], &step["actorId"]), (&json!("RECEIVED"), &json!("gateway")));
        assert_eq!(step["occurredAt"], json!(at), "at midnight in Sweden");
    }
    let missed = received(&tenant, "2026-04-09T20:00:00Z").await;
    gateway.on("2026-05-09");
    gateway.work().await;
    assert_eq!(
        tenant.statuses_of(&missed).await.len(),
        2,
        "of several that were missed the most urgent alone"
    );
}

async fn reminders_follow_the_deadline(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let extended = received(&tenant, "2026-03-02T08:00:00Z").await;
    gateway.on("2026-03-20");
    gateway.work().await;
    assert_eq!(tenant.statuses_of(&extended).await.len(), 2, "two weeks before the end of the month");
    tenant.takes("extendDeadline", &extended).await.succeeded();
    let days = reminded(&tenant, &extended, ("2026-03-21", "2026-06-05")).await;
    assert_eq!(days, ["2026-05-19", "2026-05-26", "2026-05-30", "2026-06-01", "2026-06-03"]);

    gateway.on("2026-06-05");
    let paused = received(&tenant, "2026-06-05T08:00:00Z").await;
    tenant.takes("askForIdentity", &paused).await.succeeded();
    let during = reminded(&tenant, &paused, ("2026-06-06", "2026-06-24")).await;
    assert_eq!(during, [""; 0], "the deadline moves on with each day");
    tenant.verifies(&paused).await;
    // Due on 6 July, and nineteen days paused: 24 July.
    let (due_on, _) = due(&tenant, &paused).await;
    assert_eq!(due_on, "2026-07-24");
    let days = reminded(&tenant, &paused, ("2026-06-25", "2026-07-26")).await;
    assert_eq!(days, ["2026-07-10", "2026-07-17", "2026-07-21", "2026-07-23", "2026-07-25"]);
}

async fn nothing_is_reminded_of_once_it_is_answered(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut ended = Vec::new();
    for (step, end) in [(3, "COMPLETED"), (4, "REFUSED"), (5, "WITHDRAWN")] {
        let request = received(&tenant, "2026-03-02T08:00:00Z").await;
        tenant.verifies(&request).await;
        tenant.takes(support::STEPS[step], &request).await.succeeded();
        gateway.work().await;
        assert_eq!(tenant.status_of(&request).await, end);
        ended.push(request);
    }
    let mut before = Vec::new();
    for request in &ended {
        before.push(tenant.statuses_of(request).await);
    }
    for day in ["2026-03-19", "2026-03-26", "2026-04-01", "2026-04-03", "2026-05-01"] {
        gateway.on(day);
        gateway.work().await;
    }
    for (request, before) in ended.iter().zip(before) {
        assert_eq!(tenant.statuses_of(request).await, before);
    }
    assert_eq!(tenant.events("rightsRequest.remind").await, 0);
}

async fn a_deadline_is_explained_step_by_step_in_both_languages(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let request = received(&tenant, "2026-03-02T08:00:00Z").await;
    tenant.takes("askForIdentity", &request).await.succeeded();
    gateway.on("2026-03-12");
    tenant.verifies(&request).await;
    tenant.takes("extendDeadline", &request).await.succeeded();
    let selection = "sv: deadlineExplanation(language: \"sv\") en: deadlineExplanation(language: \"en\")";
    let told = tenant.request(&request, selection).await;
    for (language, phrases) in [
        (
            "sv",
            [
                "2 mars 2026",
                "tre månader",
                "efterfrågades måndag 2 mars 2026",
                "12 mars 2026",
                "10 hela",
                "12 juni 2026",
                "2 juni 2026",
            ],
        ),
        (
            "en",
            [
                "2 March 2026",
                "three months",
                "asked for on Monday 2 March 2026",
                "12 March 2026",
                "10 whole",
                "12 June 2026",
                "2 June 2026",
            ],
        ),
    ] {
        let text = told[language].as_str().unwrap().replace('\u{a0}', " ");
        for phrase in phrases {
            assert!(text.contains(phrase), "{phrase:?} in {text}");
        }
    }
}
