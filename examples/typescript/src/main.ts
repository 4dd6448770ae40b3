import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Client } from "@urql/core";
import { clientFor } from "./client.js";
import { readDemo } from "./demo.js";
import { adviceOn, codeOf, reactionTo } from "./errors.js";
import { graphql, readFragment } from "./gql/index.js";
import { carriesPersonalData, personalDataIn, redact } from "./gql/personal-data.js";
import { pages, PeoplePage, PersonRow, register } from "./people.js";

const WhoAmI = graphql(`
  query WhoAmI {
    viewer {
      tenant {
        name
      }
      scopes
    }
  }
`);
const OpenRequests = graphql(`
  query OpenRequests {
    rightsRequests(first: 1) {
      edges {
        node {
          reference
        }
      }
    }
  }
`);

async function readAll(client: Client): Promise<void> {
  const seen = new Set<string>();
  for await (const page of pages(client, 5)) {
    const rows = page.edges.map(({ node }) => readFragment(PersonRow, node));
    for (const { id } of rows) seen.add(id);
    const logged = JSON.stringify(redact(PeoplePage, { dataSubjects: { edges: page.edges.slice(0, 1) } }));
    assert.ok(rows.every(({ name }) => name === null || !logged.includes(name)), "no name is in a log");
    console.log(`a page of ${rows.length}; its first row in a log: ${logged}`);
  }
  assert.ok(seen.size > 5, "more than one page was read");
  console.log(`read ${seen.size} people, none twice`);
}

async function registerOne(client: Client): Promise<void> {
  const wrong = await register(client, { name: "Test Testsson", email: "no address" });
  assert.ok("wrong" in wrong);
  for (const { code, message, path } of wrong.wrong) console.log(`refused: ${code} at ${path?.join(".")}: ${message} → ${adviceOn(code)}`);

  const input = { name: "Test Testsson", email: `${randomUUID()}@example.com`, idempotencyKey: randomUUID() };
  const [once, twice] = [await register(client, input), await register(client, input)];
  assert.ok("id" in once);
  assert.deepEqual(once, twice, "the same key and input are done once");
  console.log(`registered ${once.id}, once though it was sent twice`);
}

async function beRefused(client: Client): Promise<void> {
  const { error } = await client.query(OpenRequests, {});
  const code = error && codeOf(error);
  assert.equal(code, "FORBIDDEN");
  const needed = error?.graphQLErrors[0]?.extensions["requiredScopes"];
  console.log(`a token that only reads people gets ${code}, needs ${JSON.stringify(needed)} → ${reactionTo(code)}`);
}

async function cache(client: Client): Promise<void> {
  const variables = { purpose: "SERVICE_DELIVERY", first: 1, after: null } as const;
  await client.query(WhoAmI, {});
  await client.query(PeoplePage, variables);
  assert.ok(client.readQuery(WhoAmI, {}), "what is about nobody is cached");
  assert.equal(client.readQuery(PeoplePage, variables), null, "what is about people is not");
  assert.deepEqual([carriesPersonalData(WhoAmI), carriesPersonalData(PeoplePage)], [false, true]);
  console.log("cached WhoAmI and not PeoplePage, which has", personalDataIn(PeoplePage).map(({ path }) => path.join(".")));
}

const { gatewayUrl, tenants } = readDemo();
const [tenant] = tenants;
const admin = clientFor(gatewayUrl, tenant.tokens.admin);
await readAll(admin);
await registerOne(admin);
await beRefused(clientFor(gatewayUrl, tenant.tokens.reader));
await cache(admin);
