// What a client that was made for the released schema may stumble over in the new one.

import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { isInterfaceType, isObjectType, valueFromAST } from "graphql";

/** Every change between two schemas, in a stable order. */
export async function changesBetween(released, current) {
  const changes = await diff(released, current);
  return changes.sort((a, b) => order(a.path, b.path) || order(a.message, b.message));
}

/** Changes that break a client, as `{ coordinate, message }`. */
export function breaking(changes, released, current) {
  const byInspector = changes
    .filter((change) => change.criticality.level === CriticalityLevel.Breaking)
    .map((change) => ({ coordinate: change.path ?? "schema", message: change.message }));
  return [...byInspector, ...stricter(released, current), ...deprecatedWithoutDate(current)];
}

// The inspector knows what directives of ours are, not what they mean.
function stricter(released, current) {
  const found = [];
  for (const [coordinate, before] of fields(released)) {
    const after = fields(current).get(coordinate);
    if (!after) continue;
    const [were, are] = [scopesOf(before, released), scopesOf(after, current)];
    const lost = were.filter((old) => !are.some((now) => now.every((scope) => old.includes(scope))));
    if (lost.length > 0) {
      const alternatives = lost.map((scopes) => (scopes.length > 0 ? scopes.join(" and ") : "no scope")).join(", or ");
      found.push({ coordinate, message: `'${coordinate}' no longer opens for a token with ${alternatives}` });
    }
    if (directive(before, "personalData") && !directive(after, "personalData")) {
      found.push({ coordinate, message: `'${coordinate}' is no longer marked as personal data: clients would log and cache it` });
    }
  }
  return found;
}

function deprecatedWithoutDate(schema) {
  return [...fields(schema)]
    .filter(([, field]) => field.deprecationReason && !/\b\d{4}-\d{2}-\d{2}\b/.test(field.deprecationReason))
    .map(([coordinate]) => ({ coordinate, message: `the deprecation of '${coordinate}' does not say from which day on it may go` }));
}

function fields(schema) {
  const found = new Map();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__") || !(isObjectType(type) || isInterfaceType(type))) continue;
    for (const field of Object.values(type.getFields())) found.set(`${type.name}.${field.name}`, field);
  }
  return found;
}

const directive = (field, name) => field.astNode?.directives?.find((used) => used.name.value === name);

/** Alternatives of scopes; one empty alternative where every token may. */
function scopesOf(field, schema) {
  const used = directive(field, "requiresScopes");
  if (!used) return [[]];
  const [argument] = schema.getDirective("requiresScopes").args;
  return valueFromAST(used.arguments[0].value, argument.type);
}

function order(a = "", b = "") {
  return a < b ? -1 : a > b ? 1 : 0;
}
