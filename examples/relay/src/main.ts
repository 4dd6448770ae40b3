import assert from "node:assert/strict";
import { readDemo } from "./demo";
import { environmentFor } from "./environment";
import { loaded, loadPage, readAgain } from "./requests";

const FIRST = 3;

async function main(): Promise<void> {
  const { gatewayUrl, tenants } = readDemo();
  const environment = environmentFor(gatewayUrl, tenants[0].tokens.admin);

  let [after, count] = [await loadPage(environment, FIRST, null), 1];
  while (after !== null && count < 3) [after, count] = [await loadPage(environment, FIRST, after), count + 1];

  const rows = loaded(environment, FIRST);
  assert.equal(rows.length, count * FIRST, "the store holds every page once");
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
  for (const { reference, kind, status, dueAt } of rows) console.log(`${reference}  ${kind.padEnd(20)} ${status.padEnd(20)} due ${dueAt}`);

  const [first] = rows;
  assert.ok(first);
  const again = await readAgain(environment, first.id);
  assert.deepEqual(again, first);
  console.log(`read ${rows.length} requests in ${count} pages, and ${again.reference} again through node(id:)`);
}

void main();
