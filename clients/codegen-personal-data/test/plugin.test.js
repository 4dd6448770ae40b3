import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { buildSchema, buildClientSchema, introspectionFromSchema } from "graphql";
import { plugin, validate } from "../src/plugin.js";
import { coordinates, schema, table } from "./schema.js";

test("marks go from interfaces to types and back", () => {
  assert.deepEqual(Object.fromEntries(coordinates), {
    "Keeper.secret": null,
    "Person.address": "ADDRESS",
    "Person.emails": "EMAIL",
    "Person.name": "NAME",
    "Person.note": null,
    "Person.title": "NAME",
    "Product.secret": null,
    "Titled.title": "NAME",
  });
});

test("where types that implement an interface differ, its field has no one category, and each type keeps its own", () => {
  const differing = buildSchema(`
    directive @personalData(category: String) on FIELD_DEFINITION
    interface I { x: String }
    type A implements I { x: String @personalData(category: "A") }
    type B implements I { x: String @personalData(category: "B") }
    type C implements I { x: String }
    type Query { i: I a: A b: B c: C }
  `);
  const written = plugin(differing, [], {});
  for (const line of ['"A.x": "A"', '"B.x": "B"', '"I.x": null']) assert.ok(written.includes(line), line);
  assert.ok(!written.includes('"C.x"'));
});

test("the table holds only what leads to personal data", () => {
  assert.deepEqual(table.types["Edge"], { node: { type: "Person" } });
  assert.equal(table.types["Address"], undefined);
});

test("the same schema gives the same text", () => {
  assert.equal(plugin(schema, [], {}), plugin(schema, [], {}));
});

test("another directive can be named", () => {
  const other = buildSchema("directive @pii(kind: String) on FIELD_DEFINITION type Query { name: String @pii(kind: \"NAME\") }");
  assert.match(plugin(other, [], { directive: "pii", categoryArgument: "kind" }), /"Query\.name": "NAME"/);
});

test("a schema from introspection is refused, since it tells of no directives", () => {
  const introspected = buildClientSchema(introspectionFromSchema(schema));
  assert.throws(() => plugin(introspected, [], {}), /Load the schema as SDL/);
});

test("an output that is no TypeScript is refused", () => {
  assert.throws(() => validate(schema, [], {}, "personal-data.json"), /writes TypeScript/);
  validate(schema, [], {}, "personal-data.ts");
});

test("the gateway's own schema has its categories", () => {
  const gateway = buildSchema(readFileSync(new URL("../../../schema/gateway.graphql", import.meta.url), "utf8"));
  const written = plugin(gateway, [], {});
  for (const line of ['"DataSubject.name": "NAME"', '"Rectification.newValue": null']) assert.ok(written.includes(line), line);
});
