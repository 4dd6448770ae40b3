//! What may be kept by caches: what is the same for all, and nothing that says anything of anybody.

use reqwest::Method;
use serde_json::Value;
use support::{Answer, TestGateway, on_both_databases, person};

on_both_databases! { nothing_that_is_asked_for_with_a_token_is_kept }

/// What the address is asked for with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum With {
    Nothing,
    Token,
}

const QUERY: &str = "graphql?query=%7Bviewer%7BactorId%7D%7D";
const PUBLIC: &str = "public, max-age=300";
const NONE: &str = "no-store";
const CONDITIONS: [(&str, &str); 3] =
    [("if-none-match", "*"), ("range", "bytes=0-3"), ("if-modified-since", "Mon, 02 Mar 2026 09:00:00 GMT")];

async fn nothing_that_is_asked_for_with_a_token_is_kept(gateway: &TestGateway) {
    use With::{Nothing, Token};
    let tenant = gateway.tenant().await;
    let id = tenant.registers(person("Ada Prov")).await;
    let by_id = format!("graphql?query=%7BdataSubject(id:%22{id}%22)%7Bname%7D%7D");
    let checkpoint = format!("audit/{}/checkpoint", tenant.id);
    gateway.sequence().await;
    let table: &[(Method, &str, With, u16, &str)] = &[
        (Method::GET, QUERY, Token, 200, NONE),
        (Method::GET, &by_id, Token, 200, NONE),
        (Method::GET, QUERY, Nothing, 401, NONE),
        (Method::GET, "graphql", Token, 400, NONE),
        (Method::HEAD, QUERY, Token, 405, NONE),
        (Method::PUT, "graphql", Token, 405, NONE),
        (Method::GET, "operator/graphql", Token, 401, NONE),
        (Method::GET, &checkpoint, Token, 200, NONE),
        (Method::GET, "downloads/AAAA", Nothing, 404, NONE),
        (Method::GET, "healthz", Nothing, 200, NONE),
        (Method::GET, "readyz", Nothing, 200, NONE),
        (Method::GET, "nothing/here", Nothing, 404, NONE),
        (Method::GET, "graphiql/index.html", Nothing, 404, NONE),
        (Method::GET, "schema/gateway.graphql", Nothing, 200, PUBLIC),
        (Method::HEAD, "schema/gateway.graphql", Nothing, 200, PUBLIC),
        (Method::GET, "schema/operator.graphql", Nothing, 200, PUBLIC),
        (Method::GET, "schema/access-package.schema.json", Nothing, 200, PUBLIC),
        (Method::GET, "schema/portability-package.schema.json", Nothing, 200, PUBLIC),
        (Method::GET, "schema/gateway.graphql", Token, 200, NONE),
        (Method::GET, "schema/gateway.graphql?view=scopes", Token, 200, NONE),
        (Method::GET, "schema/gateway.graphql?view=scopes", Nothing, 401, NONE),
    ];
    for (method, path, with, status, cache) in table {
        let asks = async |conditions: &[(&str, &str)]| -> Answer {
            let admin = tenant.admin();
            let request = match with {
                Token => admin.request(method.clone(), path),
                Nothing => gateway.request(method.clone(), path),
            };
            let request = request.header("graphql-require-preflight", "1");
            let request =
                conditions.iter().fold(request, |request, (name, value)| request.header(*name, *value));
            gateway.send(request).await
        };
        let answer = asks(&[]).await;
        let about = format!("{method} {path} with {with:?}");
        assert_eq!((answer.status, answer.header("cache-control").as_str()), (*status, *cache), "{about}");
        let schema = path.starts_with("schema/") && *status == 200;
        assert_eq!(answer.headers.contains_key("etag"), schema, "{about}");
        assert!(
            !answer.headers.contains_key("last-modified") && !answer.headers.contains_key("expires"),
            "{about}"
        );
        if !schema {
            assert!(answer.header("vary").contains("authorization"), "{about}: {:?}", answer.headers);
            let again = asks(&CONDITIONS).await;
            assert_eq!(again.status, *status, "{about}: a condition or a range changes nothing");
        }
    }
}

#[test]
fn a_schema_that_the_client_has_is_not_sent_again() {
    support::on_sqlite(async |gateway: &TestGateway| {
        let asks = async |method: Method, header: (&str, &str)| {
            gateway.send(gateway.request(method, "schema/gateway.graphql").header(header.0, header.1)).await
        };
        let whole = asks(Method::GET, ("accept-encoding", "identity")).await;
        let tag = whole.header("etag");
        assert_eq!(tag, format!("\"{}\"", whole.header("x-schema-digest")));
        let again = asks(Method::GET, ("if-none-match", &tag)).await;
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag.clone()));
        let head = asks(Method::HEAD, ("if-none-match", &tag)).await;
        assert_eq!((head.status, head.header("etag")), (304, tag));
        assert_eq!(asks(Method::GET, ("if-none-match", "\"other\"")).await.status, 200);
        assert_eq!(asks(Method::GET, ("range", "bytes=0-3")).await.body.len(), whole.body.len());
    });
}

#[test]
fn another_origins_page_may_read_what_it_needs_of_an_answer_by_get() {
    support::run(async {
        let app = "https://app.example";
        let gateway =
            TestGateway::sqlite_with(|config| config.server.cors_origins = vec![app.to_owned()]).await;
        let tenant = gateway.tenant().await;
        let request = tenant.admin().request(Method::GET, QUERY).header("x-apollo-operation-name", "Viewer");
        let answer = gateway.send(request.header("origin", app)).await;
        assert_eq!(answer.data("/viewer").get("actorId").and_then(Value::as_str), Some("admin"));
        assert_eq!(answer.header("access-control-allow-origin"), app);
        assert!(answer.header("access-control-expose-headers").contains("retry-after"));
        let vary: Vec<_> =
            answer.headers.get_all("vary").iter().filter_map(|value| value.to_str().ok()).collect();
        assert!(vary.concat().contains("origin") && vary.concat().contains("authorization"), "{vary:?}");
        gateway.stop().await;
    });
}
