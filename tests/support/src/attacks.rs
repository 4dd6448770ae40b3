//! Requests that are made to cost: every way to make a document or a body large, in sizes up to the longest body that is
//! read.

/// The longest body that is read, in bytes.
const CAP: usize = 1 << 20;

/// How many of whatever an attack is made of.
const SIZES: [usize; 5] = [10, 100, 1_000, 10_000, 100_000];

/// One body.
#[derive(Debug, Clone)]
pub struct Attack {
    /// What it is made of, and how many.
    pub name: String,
    /// What is posted.
    pub body: String,
}

/// All of them.
#[must_use]
pub fn attacks() -> Vec<Attack> {
    let documents = DOCUMENTS.iter().flat_map(|(name, make)| sizes(name, |size| json(&make(size))));
    let bodies = BODIES.iter().flat_map(|(name, make)| sizes(name, make));
    documents.chain(bodies).collect()
}

/// An attack in every size, and in the one that just fits into a body.
fn sizes(name: &str, make: impl Fn(usize) -> String) -> Vec<Attack> {
    let mut found: Vec<Attack> = SIZES
        .iter()
        .map(|size| Attack { name: format!("{name}, {size}"), body: make(*size) })
        .filter(|attack| attack.body.len() <= CAP)
        .collect();
    let each = (make(2_000).len().saturating_sub(make(1_000).len()) / 1_000).max(1);
    let mut most = CAP / each;
    let mut longest = make(most);
    while longest.len() > CAP && most > 0 {
        most = most.saturating_sub((longest.len() - CAP) / each + 16);
        longest = make(most);
    }
    if found.iter().all(|attack| attack.body.len() < longest.len()) {
        found.push(Attack { name: format!("{name}, as many as fit ({most})"), body: longest });
    }
    found
}

fn json(query: &str) -> String {
    serde_json::json!({ "query": query }).to_string()
}

fn many(times: usize, make: impl Fn(usize) -> String) -> String {
    (0..times).fold(String::new(), |mut text, number| {
        text.push_str(&make(number));
        text
    })
}

fn around(open: &str, inner: &str, close: &str, times: usize) -> String {
    format!("{}{inner}{}", open.repeat(times), close.repeat(times))
}

/// Fragments of which each spreads the next `times` times.
fn fan(levels: usize, times: usize) -> String {
    let fragments = many(levels, |level| {
        format!("fragment F{level} on Query {{ {} }} ", format!("...F{} ", level + 1).repeat(times))
    });
    format!("{{ ...F0 }} {fragments} fragment F{levels} on Query {{ viewer {{ actorId }} }}")
}

type Make = (&'static str, fn(usize) -> String);

const DOCUMENTS: &[Make] = &[
    ("aliases at the root", |n| format!("{{ {} }}", many(n, |at| format!("a{at}:viewer{{actorId}} ")))),
    ("aliases below", |n| format!("{{ viewer {{ {} }} }}", many(n, |at| format!("a{at}:actorId ")))),
    ("one field again and again", |n| format!("{{ viewer {{ {} }} }}", "actorId ".repeat(n))),
    ("one selection again and again", |n| format!("{{ {} }}", "viewer{actorId} ".repeat(n))),
    ("unknown fields", |n| format!("{{ viewer {{ {} }} }}", many(n, |at| format!("x{at} ")))),
    ("type names", |n| format!("{{ {} }}", "__typename ".repeat(n))),
    ("aliased type names", |n| format!("{{ {} }}", many(n, |at| format!("a{at}:__typename ")))),
    ("type names below", |n| format!("{{ viewer {{ {} }} }}", "__typename ".repeat(n))),
    ("directives on a field", |n| format!("{{ viewer {} {{ actorId }} }}", "@include(if: true) ".repeat(n))),
    ("unknown directives", |n| format!("{{ viewer {{ actorId {} }} }}", "@x ".repeat(n))),
    ("directives, each on its field", |n| {
        format!("{{ viewer {{ {} }} }}", "actorId @skip(if: false) ".repeat(n))
    }),
    ("fragments that nobody spreads", |n| {
        format!("{{ __typename }} {}", many(n, |at| format!("fragment F{at} on Query {{ __typename }} ")))
    }),
    ("fragments in a chain", |n| fan(n, 1)),
    ("fragments that double", |n| fan(n, 2)),
    ("fragments that multiply by ten", |n| fan(n, 10)),
    ("fragments in a circle", |n| {
        format!(
            "{{ ...F0 }} {}",
            many(n, |at| format!("fragment F{at} on Query {{ ...F{} }} ", (at + 1) % n))
        )
    }),
    ("spreads of one fragment", |n| {
        format!("{{ {} }} fragment F on Query {{ viewer {{ actorId }} }}", "...F ".repeat(n))
    }),
    ("spreads of unknown fragments", |n| format!("{{ {} }}", many(n, |at| format!("...F{at} ")))),
    ("inline fragments within each other", |n| format!("{{ {} }}", around("...{", "__typename", "}", n))),
    ("inline fragments beside each other", |n| {
        format!("{{ {} }}", "...on Query{viewer{actorId}} ".repeat(n))
    }),
    ("selections within each other", |n| around("{ viewer ", "", "}", n)),
    ("lists of a literal within each other", |n| {
        format!("{{ nodes(ids: {}) {{ id }} }}", around("[", "1", "]", n))
    }),
    ("objects of a literal within each other", |n| {
        format!("{{ dataSubjects(filter: {}) {{ totalCount }} }}", around("{a:", "1", "}", n))
    }),
    ("lists that are not closed", |n| format!("{{ nodes(ids: {}", "[".repeat(n))),
    ("objects that are not closed", |n| format!("{{ node(id: {}", "{a:".repeat(n))),
    ("brackets of every kind", |n| "{([".repeat(n)),
    ("brackets that close nothing", |n| "})]".repeat(n)),
    ("items of a list", |n| format!("{{ nodes(ids: [{}]) {{ id }} }}", "\"a\",".repeat(n))),
    ("members of an object", |n| {
        format!("{{ dataSubjects(filter: {{{}}}) {{ totalCount }} }}", many(n, |at| format!("a{at}:1 ")))
    }),
    ("arguments", |n| format!("{{ viewer({}) {{ actorId }} }}", many(n, |at| format!("a{at}:1 ")))),
    ("a type within lists", |n| format!("query($a: {}) {{ __typename }}", around("[", "Int", "]", n))),
    ("a default within lists", |n| format!("query($a: Int = {}) {{ __typename }}", around("[", "1", "]", n))),
    ("variables", |n| format!("query({}) {{ __typename }}", many(n, |at| format!("$a{at}:Int ")))),
    ("operations", |n| many(n, |at| format!("query Q{at} {{ __typename }} "))),
    ("operations without a name", |n| "{ __typename } ".repeat(n)),
    ("a long name", |n| format!("{{ {} }}", "a".repeat(n))),
    ("a long string", |n| format!("{{ node(id: \"{}\") {{ id }} }}", "a".repeat(n))),
    ("a string of escapes", |n| format!("{{ node(id: \"{}\") {{ id }} }}", "\\u00e5".repeat(n))),
    ("a long block string", |n| format!("{{ node(id: \"\"\"{}\"\"\") {{ id }} }}", "a\n ".repeat(n))),
    ("strings that are not closed", |n| format!("{{ node(id: {}", "\"a\n".repeat(n))),
    ("block strings that are not closed", |n| format!("{{ node(id: {}", "\"\"\"a ".repeat(n))),
    ("comments", |n| format!("{} {{ viewer {{ actorId }} }}", "#a\n".repeat(n))),
    ("blanks and commas", |n| format!("{} {{ viewer {{ actorId }} }}", ", \t".repeat(n))),
    ("a long number", |n| format!("{{ dataSubjects(first: {}) {{ totalCount }} }}", "9".repeat(n))),
    ("a long fraction", |n| {
        format!("{{ dataSubjects(first: 0.{}e{}) {{ totalCount }} }}", "9".repeat(n), "9".repeat(n))
    }),
    ("letters beyond ASCII", |n| "å".repeat(n)),
    ("marks of byte order", |n| "\u{feff}".repeat(n)),
    ("control characters", |n| "\u{1}".repeat(n)),
    ("dollars", |n| "$".repeat(n)),
    ("ats", |n| format!("{{ viewer {} }}", "@".repeat(n))),
    ("dots", |n| format!("{{ {} }}", "...".repeat(n))),
    ("introspection within itself", |n| {
        format!("{{ __schema {{ types {} }} }}", around("{ fields { type ", "{ name }", "} }", n))
    }),
    ("introspection beside itself", |n| {
        format!("{{ {} }}", many(n, |at| format!("a{at}:__schema {{ types {{ fields {{ name }} }} }} ")))
    }),
    ("mutations", |n| {
        format!(
            "mutation {{ {} }}",
            many(n, |at| format!("a{at}: withdrawConsent(input: {{}}) {{ userErrors {{ code }} }} "))
        )
    }),
    ("pages within pages", |n| {
        around(
            "{ dataSubjects(first: 100) { edges { node { rightsRequests(first: 100) { edges { node { subject ",
            "{ id }",
            "} } } } } } }",
            n,
        )
    }),
];

const WITH_IDS: &str = "\"query\":\"query($ids: [ID!]!) { nodes(ids: $ids) { id } }\"";

const BODIES: &[Make] = &[
    ("lists of the variables within each other", |n| {
        format!("{{{WITH_IDS},\"variables\":{{\"ids\":{}}}}}", around("[", "1", "]", n))
    }),
    ("objects of the variables within each other", |n| {
        format!("{{{WITH_IDS},\"variables\":{{\"ids\":{}}}}}", around("{\"a\":", "1", "}", n))
    }),
    ("items of a variable", |n| format!("{{{WITH_IDS},\"variables\":{{\"ids\":[{}0]}}}}", "0,".repeat(n))),
    ("empty lists of a variable", |n| {
        format!("{{{WITH_IDS},\"variables\":{{\"ids\":[{}0]}}}}", "[],".repeat(n))
    }),
    ("strings of a variable", |n| {
        format!(
            "{{{WITH_IDS},\"variables\":{{\"ids\":[{}\"\"]}}}}",
            "\"subject_01h2xcejqtf2nbrexx3vqjhp41\",".repeat(n)
        )
    }),
    ("variables that the operation does not have", |n| {
        format!("{{{WITH_IDS},\"variables\":{{{}\"ids\":[]}}}}", many(n, |at| format!("\"a{at}\":{at},")))
    }),
    ("one variable again and again", |n| {
        format!("{{{WITH_IDS},\"variables\":{{{}\"ids\":[]}}}}", "\"ids\":[],".repeat(n))
    }),
    ("a long string of the variables", |n| {
        format!("{{{WITH_IDS},\"variables\":{{\"ids\":[\"{}\"]}}}}", "a".repeat(n))
    }),
    ("a string of escapes in the variables", |n| {
        format!("{{{WITH_IDS},\"variables\":{{\"ids\":[\"{}\"]}}}}", "\\u00e5".repeat(n))
    }),
    ("half a pair of surrogates", |n| {
        format!("{{{WITH_IDS},\"variables\":{{\"ids\":[\"{}\"]}}}}", "\\ud800".repeat(n))
    }),
    ("a long number of the variables", |n| {
        format!("{{{WITH_IDS},\"variables\":{{\"ids\":[{}]}}}}", "9".repeat(n))
    }),
    ("a long fraction of the variables", |n| {
        format!("{{{WITH_IDS},\"variables\":{{\"ids\":[0.{}e-{}]}}}}", "1".repeat(n), "9".repeat(n.min(9)))
    }),
    ("a long name of the operation", |n| {
        format!("{{\"query\":\"{{ __typename }}\",\"operationName\":\"{}\"}}", "a".repeat(n))
    }),
    ("members of the extensions", |n| {
        format!(
            "{{\"query\":\"{{ __typename }}\",\"extensions\":{{{}\"a\":1}}}}",
            many(n, |at| format!("\"a{at}\":[],"))
        )
    }),
    ("extensions within each other", |n| {
        format!("{{\"query\":\"{{ __typename }}\",\"extensions\":{}}}", around("{\"a\":", "1", "}", n))
    }),
    ("a long digest of a document", |n| {
        format!(
            "{{\"extensions\":{{\"persistedQuery\":{{\"version\":1,\"sha256Hash\":\"{}\"}}}}}}",
            "a".repeat(n)
        )
    }),
    ("a long identifier of a document", |n| format!("{{\"documentId\":\"{}\"}}", "a".repeat(n))),
    ("parameters that nobody knows", |n| {
        format!("{{{}\"query\":\"{{ __typename }}\"}}", many(n, |at| format!("\"a{at}\":1,")))
    }),
    ("one parameter again and again", |n| {
        format!("{{{}\"query\":\"{{ __typename }}\"}}", "\"query\":\"{ __typename }\",".repeat(n))
    }),
    ("blanks before the body", |n| format!("{}{{\"query\":\"{{ __typename }}\"}}", " ".repeat(n))),
    ("lists that are the body", |n| "[".repeat(n)),
    ("objects that are the body", |n| "{\"a\":".repeat(n)),
    ("a batch", |n| format!("[{}{{}}]", "{\"query\":\"{__typename}\"},".repeat(n))),
    ("a batch of nothing", |n| format!("[{}{{}}]", "{},".repeat(n))),
    ("no JSON at all", |n| "x".repeat(n)),
];
