//! Fetching an export of all that a tenant has: by link, whole or in parts, a few times from the beginning.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use support::{Answer, Kind, Tenant, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    parts_make_up_the_whole_wherever_they_are_cut,
    a_range_is_answered_as_the_standard_says,
    a_link_works_from_the_beginning_a_few_times,
    a_download_goes_on_only_where_one_was_begun,
    a_link_ends_after_an_hour_and_another_goes_on,
    only_fetching_counts,
    a_ticket_that_was_changed_gives_nothing,
    every_download_is_in_the_audit_log_before_its_first_byte,
    a_piece_that_was_put_elsewhere_breaks_the_download_off,
}

const MEBIBYTE: usize = 1024 * 1024;

/// Texts that no compression makes much shorter, so that the export fills more than one piece.
async fn fills_pieces(tenant: &Tenant<'_>) {
    let person = tenant.registers(complete_person("stor")).await;
    let entropy = tenant.gateway().entropy();
    for number in 0..230 {
        let mut noise = [0_u8; 2_990];
        entropy.fill(&mut noise);
        let text: String = noise.iter().map(|byte| char::from(b'0' + byte % 75)).collect();
        let more = json!({ "description": format!("x{text}"), "fiscalYearEndsOn": "2025-12-31" });
        tenant.tries_to_file(&person, &format!("N-{number}"), more).await.succeeded();
    }
}

async fn part(gateway: &TestGateway, link: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers
        .iter()
        .fold(gateway.request(Method::GET, link), |request, (name, value)| request.header(*name, *value));
    gateway.send(request).await
}

async fn parts_make_up_the_whole_wherever_they_are_cut(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    fills_pieces(&tenant).await;
    tenant.exports().await;
    let link = tenant.export_link().await;
    let whole = gateway.get(&link).await;
    let length = whole.body.len();
    assert!(length > MEBIBYTE + 100, "{length} bytes are one piece");
    assert_eq!(whole.header("content-length"), length.to_string());
    for cuts in [
        vec![1, 2, 100],
        vec![MEBIBYTE - 1, MEBIBYTE, MEBIBYTE + 1],
        vec![MEBIBYTE / 2, MEBIBYTE + 7],
        vec![length - 1],
    ] {
        let mut bytes = whole.body[..cuts[0]].to_vec();
        let ends = cuts.iter().skip(1).map(|cut| cut - 1).chain([length - 1]);
        for (first, last) in cuts.iter().zip(ends) {
            let range = format!("bytes={first}-{last}");
            let answer = part(gateway, &link, &[("range", &range)]).await;
            assert_eq!(answer.status, 206, "{range}");
            assert_eq!(answer.header("content-range"), format!("bytes {first}-{last}/{length}"));
            assert_eq!(answer.body.len(), last - first + 1, "{range}");
            bytes.extend(answer.body);
        }
        assert!(bytes == whole.body, "{cuts:?}");
    }
}

async fn a_range_is_answered_as_the_standard_says(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.registers(complete_person("del")).await;
    tenant.exports().await;
    let whole = gateway.get(&tenant.export_link().await).await;
    let length = whole.body.len();
    let etag = format!("\"{}\"", tenant.newest_export().await["sha256"].as_str().unwrap());
    assert_eq!(whole.header("etag"), etag);
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(whole.header("cache-control"), "no-store");
    assert_eq!(whole.header("content-type"), "application/zip");
    assert_eq!(whole.header("content-disposition"), "attachment; filename=\"tenant-export.zip\"");
    let half = format!("bytes={}-", length / 2);
    for (headers, status, bytes) in [
        (vec![("range", half.as_str())], 206, &whole.body[length / 2..]),
        (vec![("range", "bytes=-7")], 206, &whole.body[length - 7..]),
        (vec![("range", "bytes=5-5")], 206, &whole.body[5..6]),
        (vec![("range", half.as_str()), ("if-range", &etag)], 206, &whole.body[length / 2..]),
        (vec![("range", half.as_str()), ("if-range", "\"another\"")], 200, &whole.body[..]),
        (vec![("range", "bytes=0-3,7-9")], 200, &whole.body[..]),
        (vec![("range", "nonsense")], 200, &whole.body[..]),
        (vec![("range", "bytes=0-3")], 206, &whole.body[..4]),
    ] {
        let link = tenant.export_link().await;
        let answer = part(gateway, &link, &headers).await;
        assert_eq!(answer.status, status, "{headers:?}");
        assert!(answer.body == bytes, "{headers:?}");
        assert_eq!(
            (answer.header("etag"), answer.header("cache-control")),
            (etag.clone(), "no-store".into())
        );
    }
    let beyond = part(gateway, &tenant.export_link().await, &[("range", &format!("bytes={length}-"))]).await;
    assert_eq!((beyond.status, beyond.header("content-range")), (416, format!("bytes */{length}")));
    assert!(beyond.text().contains("BAD_USER_INPUT"));
}

async fn a_link_works_from_the_beginning_a_few_times(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.exports().await;
    let (one, other) = (tenant.export_link().await, tenant.export_link().await);
    for range in [None, Some("bytes=0-"), Some("bytes=0-0")] {
        let headers: Vec<_> = range.iter().map(|range| ("range", *range)).collect();
        assert!(matches!(part(gateway, &one, &headers).await.status, 200 | 206), "{range:?}");
    }
    assert_eq!(gateway.get(&one).await.status, 410);
    assert_eq!(part(gateway, &one, &[("range", "bytes=0-")]).await.status, 410);
    for _ in 0..5 {
        let rest = part(gateway, &one, &[("range", "bytes=10-")]).await;
        assert_eq!(rest.status, 206, "what was begun can be brought to its end");
    }
    assert_eq!(gateway.get(&other).await.status, 200, "each link counts for itself");
    assert_eq!(tenant.newest_export().await["downloads"].as_array().unwrap().len(), 4);
}

async fn a_download_goes_on_only_where_one_was_begun(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.exports().await;
    let link = tenant.export_link().await;
    for range in ["bytes=1-", "bytes=-10"] {
        assert_eq!(part(gateway, &link, &[("range", range)]).await.status, 410, "{range}");
    }
    assert_eq!(gateway.get(&link).await.status, 200);
    assert_eq!(part(gateway, &link, &[("range", "bytes=1-")]).await.status, 206);
}

async fn a_link_ends_after_an_hour_and_another_goes_on(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.exports().await;
    let link = tenant.export_link().await;
    let whole = gateway.get(&link).await;
    gateway.clock.advance(Duration::from_hours(1));
    assert_eq!(part(gateway, &link, &[("range", "bytes=9-")]).await.status, 410);
    let rest = part(gateway, &tenant.export_link().await, &[("range", "bytes=9-")]).await;
    assert_eq!(rest.status, 206);
    assert!(rest.body == whole.body[9..]);
}

async fn only_fetching_counts(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.exports().await;
    let link = tenant.export_link().await;
    for method in [Method::HEAD, Method::OPTIONS, Method::POST, Method::HEAD, Method::HEAD] {
        assert_eq!(gateway.send(gateway.request(method.clone(), &link)).await.status, 405, "{method}");
    }
    for _ in 0..3 {
        assert_eq!(part(gateway, &link, &[("range", "bytes=999999999-")]).await.status, 416);
    }
    assert_eq!(tenant.newest_export().await["downloads"], json!([]));
    assert_eq!(tenant.events("tenantExport.download").await, 0);
    for _ in 0..3 {
        assert_eq!(gateway.get(&link).await.status, 200);
    }
}

async fn a_ticket_that_was_changed_gives_nothing(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.exports().await;
    let link = tenant.export_link().await;
    let (head, ticket) = link.rsplit_once('/').unwrap();
    let mut changed = ticket.to_owned();
    changed.replace_range(20..21, if &ticket[20..21] == "A" { "B" } else { "A" });
    let id = tenant.newest_export().await["id"].as_str().unwrap().to_owned();
    for wrong in [changed, ticket[1..].to_owned(), format!("{ticket}A"), "A".repeat(3_000), id] {
        assert_eq!(gateway.get(&format!("{head}/{wrong}")).await.status, 404, "{wrong}");
    }
    assert_eq!(gateway.get(&link).await.status, 200);
}

async fn every_download_is_in_the_audit_log_before_its_first_byte(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.exports().await;
    let link = tenant.export_link().await;
    let begun = gateway.request(Method::GET, &link).send().await.unwrap();
    assert_eq!(tenant.events("tenantExport.download").await, 1);
    drop(begun);
    assert_eq!(part(gateway, &link, &[("range", "bytes=4-")]).await.status, 206);
    assert_eq!(tenant.events("tenantExport.download").await, 2, "what goes on hands data out too");
}

async fn a_piece_that_was_put_elsewhere_breaks_the_download_off(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    tenant.exports().await;
    other.exports().await;
    // Broken off, a download ends before its status line has left or in the midst of its bytes.
    let comes_whole =
        async |of: &Tenant<'_>| match gateway.request(Method::GET, &of.export_link().await).send().await {
            Ok(answer) => answer.bytes().await.is_ok(),
            Err(_) => false,
        };
    assert!(comes_whole(&tenant).await);
    let swap = format!(
        "UPDATE tenant_export_chunk SET content = (SELECT content FROM tenant_export_chunk WHERE tenant_id = {}) \
         WHERE tenant_id = {}",
        gateway.databases.literal(other.id.uuid()),
        gateway.databases.literal(tenant.id.uuid()),
    );
    gateway.databases.run(Kind::Data, &swap).await;
    assert!(!comes_whole(&tenant).await);
    assert!(comes_whole(&other).await);
}
