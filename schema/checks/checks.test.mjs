import assert from "node:assert/strict";
import { test } from "node:test";
import { buildSchema } from "graphql";
import { breaking, changesBetween } from "./breaking.mjs";
import { released, written } from "./changelog.mjs";
import { undescribed } from "./described.mjs";
import { unsorted, unspecified } from "./written.mjs";

const DIRECTIVES = `
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
  directive @personalData on FIELD_DEFINITION
`;
const schema = (fields) => buildSchema(`${DIRECTIVES} type Query { ${fields} }`);

/** What breaks between two schemas on a day in 2026, each coordinate once. */
async function breaksBetween(old, now) {
  const found = breaking(await changesBetween(old, now), old, now, "2026-06-15").map((fault) => fault.coordinate);
  return [...new Set(found)].sort();
}

const going = (name, day, type = "Int") => `${name}: ${type} @deprecated(reason: "Use c. Goes on ${day}.")`;
const scoped = (...alternatives) => `a: Int @requiresScopes(scopes: ${JSON.stringify(alternatives)})`;

for (const [what, before, after, expected] of [
  ["a new field breaks nothing", "a: Int", "a: Int b: Int", []],
  ["a field that is gone breaks", "a: Int b: Int", "a: Int", ["Query.b"]],
  ["a field that has another name breaks", "a: Int old: Int", "a: Int new: Int", ["Query.old"]],
  ["a field that may now be null breaks", "a: Int!", "a: Int", ["Query.a"]],
  ["a field that is never null any more breaks nothing", "a: Int", "a: Int!", []],
  ["a field of another type breaks", "a: Int", "a: String", ["Query.a"]],
  ["an argument that is gone breaks", "a(x: Int): Int", "a: Int", ["Query.a.x"]],
  ["a new argument breaks nothing", "a: Int", "a(x: Int): Int", []],
  ["a new argument that must be given breaks", "a: Int", "a(x: Int!): Int", ["Query.a.x"]],
  ["an argument that must be given now breaks", "a(x: Int): Int", "a(x: Int!): Int", ["Query.a.x"]],
  ["an argument that has lost its default breaks", "a(x: Int! = 1): Int", "a(x: Int!): Int", ["Query.a.x"]],
  ["an argument of a narrower type breaks", "a(x: [Int]): Int", "a(x: Int): Int", ["Query.a.x"]],
  ["an argument that may be left out breaks nothing", "a(x: Int!): Int", "a(x: Int): Int", []],
  ["a scope where there was none breaks", "a: Int", scoped(["x"]), ["Query.a"]],
  ["one more scope in an alternative breaks", scoped(["x"]), scoped(["x", "y"]), ["Query.a"]],
  ["an alternative that is gone breaks", scoped(["x"], ["y"]), scoped(["x"]), ["Query.a"]],
  ["one more alternative breaks nothing", scoped(["x"]), scoped(["x"], ["y"]), []],
  ["fewer scopes break nothing", scoped(["x", "y"]), scoped(["y"]), []],
  ["no scope any more breaks nothing", scoped(["x"]), "a: Int", []],
  ["a mark of personal data that is gone breaks", "a: Int @personalData", "a: Int", ["Query.a"]],
  ["a new mark of personal data breaks nothing", "a: Int", "a: Int @personalData", []],
  ["a deprecation without a day breaks", "a: Int", 'a: Int @deprecated(reason: "Use b.")', ["Query.a"]],
  ["a deprecation with a day that the calendar has not breaks", "a: Int", going("a", "2030-02-30"), ["Query.a"]],
  ["a deprecation with a day a year ahead breaks nothing", "a: Int", going("a", "2027-06-15"), []],
  ["a deprecation with a day less than a year ahead breaks", "a: Int", going("a", "2027-06-14"), ["Query.a"]],
  ["a deprecation that was told is kept as its day comes near", going("a", "2026-07-01"), going("a", "2026-07-01"), []],
  ["a deprecation whose day is moved up breaks", going("a", "2028-01-01"), going("a", "2027-12-31"), ["Query.a"]],
  ["a deprecation whose day is put off breaks nothing", going("a", "2026-07-01"), going("a", "2026-08-01"), []],
  ["a deprecated field that goes on its day breaks nothing", `a: Int ${going("b", "2026-06-15")}`, "a: Int", []],
  ["a deprecated field that goes before its day breaks", `a: Int ${going("b", "2026-06-16")}`, "a: Int", ["Query.b"]],
  ["a deprecated field that changes after its day breaks", going("a", "2026-06-15"), going("a", "2026-06-15", "String"), ["Query.a"]],
]) {
  test(what, async () => {
    assert.deepEqual(await breaksBetween(schema(before), schema(after)), expected);
  });
}

const QUERY = "type Query { a(i: I): E }";
for (const [what, before, after, expected] of [
  ["a value that is gone breaks", "enum E { A B } input I { x: Int }", "enum E { A } input I { x: Int }", ["E.B"]],
  ["a new value breaks nothing", "enum E { A } input I { x: Int }", "enum E { A B } input I { x: Int }", []],
  [
    "a deprecated value that goes on its day breaks nothing",
    'enum E { A B @deprecated(reason: "Goes on 2026-06-15.") } input I { x: Int }',
    "enum E { A } input I { x: Int }",
    [],
  ],
  ["a member that is gone breaks", "enum E { A } input I { x: Int y: Int }", "enum E { A } input I { x: Int }", ["I.y"]],
  ["a member that must be given now breaks", "enum E { A } input I { x: Int }", "enum E { A } input I { x: Int! }", ["I.x"]],
  ["a new member that must be given breaks", "enum E { A } input I { x: Int }", "enum E { A } input I { x: Int y: Int! }", ["I.y"]],
  ["a member that has lost its default breaks", "enum E { A } input I { x: Int! = 1 }", "enum E { A } input I { x: Int! }", ["I.x"]],
  ["an input that becomes a choice breaks", "enum E { A } input I { x: Int y: Int }", "enum E { A } input I @oneOf { x: Int y: Int }", ["I.@oneOf"]],
  ["an input that is no choice any more breaks nothing", "enum E { A } input I @oneOf { x: Int y: Int }", "enum E { A } input I { x: Int y: Int }", []],
  [
    "a directive that is gone breaks",
    "enum E { A } input I { x: Int } directive @of(x: Int) on FIELD_DEFINITION",
    "enum E { A } input I { x: Int }",
    ["@of"],
  ],
]) {
  test(what, async () => {
    const [old, now] = [buildSchema(`${QUERY} ${before}`), buildSchema(`${QUERY} ${after}`)];
    assert.deepEqual(await breaksBetween(old, now), expected);
  });
}

test("whatever is out of order is named with what it stands before", () => {
  const sdl = "scalar B enum A { Y X } type Query { b(d: Int, c: Int): Int a: Int } directive @b on FIELD directive @a on FIELD";
  assert.deepEqual(unsorted(sdl), ["B before A", "@b before @a", "A.Y before A.X", "Query.b before Query.a", "Query.b.d before Query.b.c"]);
});

test("a scalar that says nothing of where it is specified is named", () => {
  const own = 'type Query { a: Said b: Unsaid c: ID } scalar Said @specifiedBy(url: "https://spec.example/") scalar Unsaid';
  assert.deepEqual(unspecified(buildSchema(own)), ["Unsaid"]);
});

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
