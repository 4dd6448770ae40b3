import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "graphql";
import { redact } from "./schema.js";

const NAME = "[personal data: NAME]";
const EMAIL = "[personal data: EMAIL]";
const ADDRESS = "[personal data: ADDRESS]";
const UNNAMED = "[personal data]";

/** @type {readonly (readonly [string, string, unknown, unknown])[]} */
const cases = [
  ["a marked field is replaced by its category", "{ person { id name } }", { person: { id: "1", name: "n" } }, { person: { id: "1", name: NAME } }],
  ["a mark without a category counts", "{ person { note } }", { person: { note: "n" } }, { person: { note: UNNAMED } }],
  ["whether there is a value is not told", "{ person { name } }", { person: { name: null } }, { person: { name: NAME } }],
  ["how many values there are is not told", "{ person { emails } }", { person: { emails: ["a", "b"] } }, { person: { emails: EMAIL } }],
  ["below a marked object nothing is left", "{ person { address { lines } } }", { person: { address: { lines: ["l"] } } }, { person: { address: ADDRESS } }],
  ["no person is still no person", "{ person { name } }", { person: null }, { person: null }],
  ["an alias does not hide a value", "{ person { id: name } }", { person: { id: "n" } }, { person: { id: NAME } }],
  ["an alias does not mark a value", "{ person { name: id } }", { person: { name: "1" } }, { person: { name: "1" } }],
  ["an alias above does not hide a value", "{ a: person { b: friends { c: name } } }", { a: { b: [{ c: "n" }] } }, { a: { b: [{ c: NAME }] } }],
  ["__typename as an alias does not hide a value", "{ person { __typename: name } }", { person: { __typename: "n" } }, { person: { __typename: NAME } }],
  ["lists are gone through", "{ people { name id } }", { people: [{ name: "n", id: "1" }, { name: "m", id: "2" }] }, { people: [{ name: NAME, id: "1" }, { name: NAME, id: "2" }] }],
  ["pages are gone through", "{ page { count edges { cursor node { name } } } }", { page: { count: 1, edges: [{ cursor: "c", node: { name: "n" } }] } }, { page: { count: 1, edges: [{ cursor: "c", node: { name: NAME } }] } }],
  ["fragments are gone through", "{ person { ...A } } fragment A on Person { id ...B } fragment B on Person { name }", { person: { id: "1", name: "n" } }, { person: { id: "1", name: NAME } }],
  ["inline fragments are gone through", "{ person { ... @include(if: true) { name } ... on Person { emails } } }", { person: { name: "n", emails: [] } }, { person: { name: NAME, emails: EMAIL } }],
  ["selections of the same key are joined", "{ person { friends { id } friends { name } } }", { person: { friends: [{ id: "1", name: "n" }] } }, { person: { friends: [{ id: "1", name: NAME }] } }],
  ["payloads of mutations are gone through", 'mutation { rename(name: "n") { person { name } errors } }', { rename: { person: { name: "n" }, errors: ["e"] } }, { rename: { person: { name: NAME }, errors: ["e"] } }],
  ["a union's member is known by __typename", "{ found { __typename ... on Person { name } ... on Product { name } } }", { found: [{ __typename: "Person", name: "n" }, { __typename: "Product", name: "p" }] }, { found: [{ __typename: "Person", name: NAME }, { __typename: "Product", name: "p" }] }],
  ["without __typename every member of a union counts", "{ found { ... on Person { name } ... on Product { name } } }", { found: [{ name: "p" }] }, { found: [{ name: NAME }] }],
  ["a __typename that cannot be is not believed", "{ found { __typename ... on Person { name } } }", { found: [{ __typename: "Page", name: "n" }] }, { found: [{ __typename: "Page", name: NAME }] }],
  ["a __typename that the client added is kept", "{ person { name } }", { person: { __typename: "Person", name: "n" } }, { person: { __typename: "Person", name: NAME } }],
  ["an interface's object is gone through", "{ node { id ... on Person { name } } }", { node: { id: "1", name: "n" } }, { node: { id: "1", name: NAME } }],
  ["an interface's field counts where a type marks it", "{ node { ... on Titled { title } } }", { node: { title: "t" } }, { node: { title: NAME } }],
  ["an interface's field is the type's where that is known", "{ node { __typename ... on Titled { title } } }", { node: { __typename: "Product", title: "t" } }, { node: { __typename: "Product", title: "t" } }],
  ["an interface's mark holds for its types", "{ product { secret price } }", { product: { secret: "s", price: 1 } }, { product: { secret: UNNAMED, price: 1 } }],
  ["what was not selected is replaced", "{ person { id } }", { person: { id: "1", name: "n" }, extra: 1 }, { person: { id: "1", name: "[not selected]" }, extra: "[not selected]" }],
  ["what leads to nobody stays as it is", "{ product { name price } }", { product: { name: "p", price: 1 } }, { product: { name: "p", price: 1 } }],
  ["what was read by a fragment is redacted by it", "fragment A on Person { id ...B } fragment B on Person { name }", { id: "1", name: "n" }, { id: "1", name: NAME }],
  ["a list that was read by a fragment too", "fragment A on Person { name }", [{ name: "n" }], [{ name: NAME }]],
  ["no data is null", "{ person { name } }", undefined, null],
];

for (const [name, document, data, expected] of cases) {
  test(name, () => assert.deepEqual(redact(parse(document), data), expected));
}

test("the answer itself is not changed", () => {
  const data = { person: { name: "n" } };
  redact(parse("{ person { name } }"), data);
  assert.deepEqual(data, { person: { name: "n" } });
});

test("a document that selects nothing redacts nothing, and says so", () => {
  assert.throws(() => redact({ ...parse("{ person { name } }"), definitions: [] }, { person: { name: "n" } }), /neither an operation/);
});

test("names that every object has are no fields of the table", () => {
  const document = parse("{ constructor { name } toString person { __proto__ hasOwnProperty } }");
  assert.deepEqual(redact(document, { toString: "s", person: { hasOwnProperty: 1 } }), { toString: "s", person: { hasOwnProperty: 1 } });
});
