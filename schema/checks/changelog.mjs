// What is new since the last release, as Markdown. The same schemas give the same text.

import { CriticalityLevel } from "@graphql-inspector/core";

const HEAD = `# Changelog of the schemas

What changed in \`gateway.graphql\` and \`operator.graphql\` from release to release. The part that is not released is written
by \`schema/check --write\` out of what differs from \`schema/released\`, and is not edited by hand.
`;
const UNRELEASED = "## Unreleased";
const NEXT_VERSION = /^## (?!Unreleased)/m;

const GROUPS = ["Breaking", "With care", "Added", "Deprecated", "Changed", "Reworded"];

/** The whole file: the part that is not released is written anew, earlier parts stay as they are. */
export function written(before, apis) {
  const start = before.search(NEXT_VERSION);
  const earlier = start < 0 ? "" : `\n${before.slice(start)}`;
  const sections = apis.map(({ name, changes, schema }) => section(name, changes, schema)).filter((text) => text !== "");
  const body = sections.length > 0 ? sections.join("\n") : "Nothing.\n";
  return `${HEAD}\n${UNRELEASED}\n\n${body}${earlier}`;
}

/** The same file with that part closed under a version. */
export function released(text, version, date) {
  return text.replace(UNRELEASED, `${UNRELEASED}\n\nNothing.\n\n## ${version} – ${date}`);
}

function section(name, changes, schema) {
  const added = new Set(changes.filter((change) => change.type === "TYPE_ADDED").map((change) => change.path));
  const coordinates = new Set(changes.filter((change) => change.type.endsWith("_ADDED")).map((change) => change.path));
  const groups = new Map(GROUPS.map((group) => [group, new Set()]));
  for (const change of changes) {
    if (belowAddition(change, added, coordinates)) continue;
    const group = groupOf(change);
    groups.get(group).add(line(group, change, schema));
  }
  const told = GROUPS.filter((group) => groups.get(group).size > 0);
  if (told.length === 0) return "";
  const parts = told.map((group) => `#### ${group}\n\n${[...groups.get(group)].join("\n")}\n`);
  return `### ${name}.graphql\n\n${parts.join("\n")}`;
}

// Of a new type only the type is told, of a new field only the field.
function belowAddition(change, types, coordinates) {
  const path = change.path ?? "";
  if (change.type !== "TYPE_ADDED" && types.has(path.split(".")[0])) return true;
  const parent = path.slice(0, path.lastIndexOf("."));
  if (parent.includes(".") && coordinates.has(parent)) return true;
  return /DESCRIPTION_(ADDED|CHANGED)$/.test(change.type) && coordinatesOfElements(coordinates, change);
}

function coordinatesOfElements(coordinates, change) {
  return coordinates.has(change.path) && !change.meta?.oldDescription && !describedBefore(change);
}

const describedBefore = (change) =>
  Object.entries(change.meta ?? {}).some(([key, value]) => /^old.*Description$/.test(key) && value);

function groupOf(change) {
  if (change.criticality.level === CriticalityLevel.Breaking) return "Breaking";
  if (change.criticality.level === CriticalityLevel.Dangerous) return "With care";
  if (/DESCRIPTION/.test(change.type)) return "Reworded";
  if (/DEPRECAT/.test(change.type)) return "Deprecated";
  return /^(TYPE|FIELD|ENUM_VALUE|INPUT_FIELD|FIELD_ARGUMENT|DIRECTIVE|UNION_MEMBER)_ADDED$/.test(change.type) ? "Added" : "Changed";
}

function line(group, change, schema) {
  if (group === "Reworded") return `- \`${change.path}\``;
  if (group !== "Added") return `- ${codeSpans(change.message)}`;
  const description = descriptionAt(schema, change.path);
  return description ? `- \`${change.path}\`: ${description}` : `- ${codeSpans(change.message)}`;
}

const codeSpans = (message) => message.replaceAll(/'\[ '([^']*)' \]'/g, "`[$1]`").replaceAll(/'(\S[^']*)'/g, "`$1`");

function descriptionAt(schema, path) {
  const [typeName, memberName, argumentName] = path.split(".");
  const type = schema.getType(typeName);
  if (!memberName) return flat(type);
  const member = type?.getFields?.()[memberName] ?? type?.getValue?.(memberName);
  return flat(argumentName ? member?.args?.find((argument) => argument.name === argumentName) : member);
}

const flat = (element) => element?.description?.replaceAll(/\s+/g, " ").trim();
