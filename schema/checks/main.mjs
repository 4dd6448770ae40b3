// See `schema/check`.

import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { buildSchema } from "graphql";
import { breaking, changesBetween } from "./breaking.mjs";
import { released as closed, written } from "./changelog.mjs";
import { undescribed } from "./described.mjs";
import { unsorted, unspecified } from "./written.mjs";

const APIS = ["gateway", "operator"];
const at = (path) => new URL(`../${path}`, import.meta.url);
const text = (path) => readFileSync(at(path), "utf8");
const CHANGELOG = "CHANGELOG.md";

const [mode = "check", version] = process.argv.slice(2);
if (!["check", "--write", "--release"].includes(mode) || (mode === "--release") !== Boolean(version)) {
  console.error("usage: schema/check [--write | --release VERSION]");
  process.exit(2);
}

const apis = await Promise.all(
  APIS.map(async (name) => {
    const before = buildSchema(text(`released/${name}.graphql`));
    const schema = buildSchema(text(`${name}.graphql`));
    const changes = await changesBetween(before, schema);
    return { name, before, schema, changes };
  }),
);

const old = existsSync(at(CHANGELOG)) ? text(CHANGELOG) : "";
const log = written(old, apis);

if (mode === "--write") {
  writeFileSync(at(CHANGELOG), log);
  process.exit(0);
}

const faults = found();
if (old !== log) faults.push(`schema/${CHANGELOG} does not say what is new: schema/check --write`);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);

if (mode === "--release") {
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(at(CHANGELOG), closed(log, version, today));
  for (const name of APIS) copyFileSync(at(`${name}.graphql`), at(`released/${name}.graphql`));
}
for (const { name, changes } of apis) console.log(`schema/${name}.graphql: ${changes.length} changes since the release, none breaks a client`);

/** What is wrong and was not accepted with a reason; an acceptance that fits nothing is wrong too. */
function found() {
  const accepted = JSON.parse(text("checks/accepted.json"));
  const used = new Set();
  const stays = (api) => (fault) => {
    const key = `${api} ${fault.coordinate}`;
    if (accepted[key]) used.add(key);
    return !accepted[key];
  };
  const told = apis.flatMap(({ name, before, schema, changes }) => [
    ...breaking(changes, before, schema)
      .filter(stays(name))
      .map((fault) => `schema/${name}.graphql breaks clients: ${fault.message}`),
    ...undescribed(schema)
      .map((coordinate) => ({ coordinate }))
      .filter(stays(name))
      .map((fault) => `schema/${name}.graphql: ${fault.coordinate} has no description`),
    ...unspecified(schema).map((scalar) => `schema/${name}.graphql: ${scalar} says nothing of where it is specified`),
    ...unsorted(text(`${name}.graphql`)).map((place) => `schema/${name}.graphql is not sorted: ${place}`),
  ]);
  const stale = Object.keys(accepted).filter((key) => !used.has(key));
  return [...told, ...stale.map((key) => `schema/checks/accepted.json: nothing is wrong with "${key}" any more`)];
}
