// What a client that was made for the released schema may stumble over in the new one.

import { CriticalityLevel, diff } from "@graphql-inspector/core";
import {
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  valueFromAST,
} from "graphql";
import { faultyDeprecations, mayBeGone } from "./deprecated.mjs";

/** Every change between two schemas, in a stable order. */
export async function changesBetween(released, current) {
  const changes = await diff(released, current);
  return changes.sort((a, b) => order(a.path, b.path) || order(a.message, b.message));
}

/** Changes that break a client, as `{ coordinate, message }`. `today` is an ISO date. */
export function breaking(changes, released, current, today = new Date().toISOString().slice(0, 10)) {
  const gone = mayBeGone(released, current, today);
  const byInspector = changes
    .filter((change) => change.criticality.level === CriticalityLevel.Breaking && !gone(change.path))
    .map((change) => ({ coordinate: change.path ?? "schema", message: change.message }));
  return [
    ...byInspector,
    ...stricter(released, current),
    ...demanding(released, current),
    ...faultyDeprecations(released, current, today),
  ];
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

// Inputs that were good and are not any more. The inspector takes a default that is gone for a matter of taste.
function demanding(released, current) {
  const found = [];
  for (const [coordinate, before] of fields(released)) {
    const after = fields(current).get(coordinate);
    for (const argument of before.args) {
      const now = after?.args.find((candidate) => candidate.name === argument.name);
      if (now && isRequiredArgument(now) && !isRequiredArgument(argument)) found.push(needed(`${coordinate}.${argument.name}`));
    }
  }
  for (const before of Object.values(released.getTypeMap())) {
    const after = current.getType(before.name);
    if (!isInputObjectType(before) || !isInputObjectType(after)) continue;
    for (const member of Object.values(before.getFields())) {
      const now = after.getFields()[member.name];
      if (now && isRequiredInputField(now) && !isRequiredInputField(member)) found.push(needed(`${before.name}.${member.name}`));
    }
  }
  return found;
}

const needed = (coordinate) => ({ coordinate, message: `'${coordinate}' must be given, where it could be left out` });

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
