import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "graphql";
import { carriesPersonalData, personalDataIn } from "./schema.js";

/** @type {(document: string) => string[]} */
const told = (document) => personalDataIn(parse(document)).map(({ path, coordinate, category }) => `${path.join(".")} ${coordinate} ${category}`);

/** @type {readonly (readonly [string, string, readonly string[]])[]} */
const cases = [
  ["an operation about products carries none", "{ product { name price } }", []],
  ["a person's id alone is no value", "{ person { id friends { id } } }", []],
  ["each place is told with its aliases", "{ who: person { called: name friends { name } } }", ["who.called Person.name NAME", "who.friends.name Person.name NAME"]],
  ["a place below does not hide the same one above", "{ person { friends { name } name } }", ["person.friends.name Person.name NAME", "person.name Person.name NAME"]],
  ["the same place is told once", "{ person { name ...A } } fragment A on Person { name }", ["person.name Person.name NAME"]],
  ["a mark without a category is told with none", "{ person { note } }", ["person.note Person.note null"]],
  ["fragments on interfaces count", "{ node { ... on Titled { title } } }", ["node.title Titled.title NAME"]],
  ["every operation of a document counts", "query A { person { id } } query B { person { name } }", ["person.name Person.name NAME"]],
  ["a document for a fragment begins there", "fragment A on Person { id name }", ["name Person.name NAME"]],
  ["a fragment that nothing spreads does not count", "{ product { price } } fragment A on Person { name }", []],
];

for (const [name, document, expected] of cases) {
  test(name, () => {
    assert.deepEqual(told(document), expected);
    assert.equal(carriesPersonalData(parse(document)), expected.length > 0);
  });
}
