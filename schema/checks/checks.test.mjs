import assert from "node:assert/strict";
import { test } from "node:test";
import { buildSchema } from "graphql";
import { breaking, changesBetween } from "./breaking.mjs";
import { released, written } from "./changelog.mjs";
import { undescribed } from "./described.mjs";

const DIRECTIVES = `
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
  directive @personalData on FIELD_DEFINITION
`;
const schema = (fields) => buildSchema(`${DIRECTIVES} type Query { ${fields} }`);

async function coordinatesOfBreaks(before, after) {
  const [old, now] = [schema(before), schema(after)];
  return breaking(await changesBetween(old, now), old, now).map((fault) => fault.coordinate);
}

const scoped = (...alternatives) => `a: Int @requiresScopes(scopes: ${JSON.stringify(alternatives)})`;

for (const [what, before, after, expected] of [
  ["a new field breaks nothing", "a: Int", "a: Int b: Int", []],
  ["a field that is gone breaks", "a: Int b: Int", "a: Int", ["Query.b"]],
  ["a field that may now be null breaks", "a: Int!", "a: Int", ["Query.a"]],
  ["a scope where there was none breaks", "a: Int", scoped(["x"]), ["Query.a"]],
  ["one more scope in an alternative breaks", scoped(["x"]), scoped(["x", "y"]), ["Query.a"]],
  ["an alternative that is gone breaks", scoped(["x"], ["y"]), scoped(["x"]), ["Query.a"]],
  ["one more alternative breaks nothing", scoped(["x"]), scoped(["x"], ["y"]), []],
  ["fewer scopes break nothing", scoped(["x", "y"]), scoped(["y"]), []],
  ["no scope any more breaks nothing", scoped(["x"]), "a: Int", []],
  ["a mark of personal data that is gone breaks", "a: Int @personalData", "a: Int", ["Query.a"]],
  ["a new mark of personal data breaks nothing", "a: Int", "a: Int @personalData", []],
  ["a deprecation without a day breaks", "a: Int", 'a: Int @deprecated(reason: "Use b.")', ["Query.a"]],
  ["a deprecation with a day breaks nothing", "a: Int", 'a: Int @deprecated(reason: "Use b. Goes on 2030-01-01.")', []],
]) {
  test(what, async () => {
    assert.deepEqual((await coordinatesOfBreaks(before, after)).filter((found, at, all) => all.indexOf(found) === at), expected);
  });
}

test("whatever has no description is named by its coordinate", () => {
  const bare = buildSchema(`
    "Root." type Query { "One." one(id: ID!): E "Two." two(input: I, "Said." said: Int): N }
    enum E { "Value." A B }
    "Input." input I { x: Int }
    "Node." interface N { id: ID! }
    "Here." directive @here(there: Int) on FIELD
  `);
  assert.deepEqual(undescribed(bare).sort(), [
    "@here(there:)",
    "E",
    "E.B",
    "I.x",
    "N.id",
    "Query.one(id:)",
    "Query.two(input:)",
  ]);
});

async function log(before, current, old = "") {
  const now = buildSchema(current);
  return written(old, [{ name: "gateway", schema: now, changes: await changesBetween(buildSchema(before), now) }]);
}

const BEFORE = '"Root." type Query { "One." one: Int }';
const AFTER = '"Root." type Query { "The one." one: Int "Two." two: Thing } "A thing." type Thing { "Its id." id: ID! }';

test("the changelog tells a new type once, and a new wording apart", async () => {
  const text = await log(BEFORE, AFTER);
  assert.match(text, /#### Added\n\n- `Query\.two`: Two\.\n- `Thing`: A thing\.\n\n#### Reworded\n\n- `Query\.one`\n$/);
});

test("the changelog of equal schemas says so", async () => {
  assert.match(await log(BEFORE, BEFORE), /## Unreleased\n\nNothing\.\n$/);
});

test("a released part stays as it was, and writing again changes nothing", async () => {
  const closed = released(await log(BEFORE, AFTER), "1.0.0", "2026-12-01");
  const again = await log(AFTER, AFTER, closed);
  assert.equal(again, closed);
  assert.match(again, /## 1\.0\.0 – 2026-12-01\n\n### gateway\.graphql\n\n#### Added/);
});
