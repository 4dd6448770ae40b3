// No import at run time, so that a browser loads nothing else.

/**
 * @import { DocumentNode, FieldNode, FragmentDefinitionNode, SelectionSetNode } from "graphql"
 * @import { Json, PersonalDataPath, PersonalDataTable } from "./runtime.js"
 * @typedef {{ field: FieldNode, parent: string }} Selected a field, and the type that it is selected on
 * @typedef {{ type: string, set: SelectionSetNode }} Scope selections, and the type that they are made on
 * @typedef {Map<string, FragmentDefinitionNode>} Fragments
 */

/** @type {typeof import("./runtime.js").personalDataOf} */
export const personalDataOf = (table) => {
  /** @type {(document: DocumentNode) => PersonalDataPath[]} */
  const personalDataIn = (document) => {
    const fragments = fragmentsOf(document);
    return rootsOf(table, document).flatMap((root) => pathsIn(table, fragments, [root], []));
  };
  return {
    personalDataIn,
    carriesPersonalData: (document) => personalDataIn(document).length > 0,
    redact: (document, data) => {
      const roots = rootsOf(table, document);
      if (roots.length === 0) throw new Error("The document has neither an operation nor a fragment.");
      return redacted(table, fragmentsOf(document), roots, data);
    },
  };
};

/**
 * Where answers begin: at the operations, or where a document has none, as one made for a fragment, at its fragments.
 *
 * @type {(table: PersonalDataTable, document: DocumentNode) => Scope[]}
 */
function rootsOf(table, document) {
  const operations = document.definitions.filter((definition) => definition.kind === "OperationDefinition");
  if (operations.length > 0) return operations.map(({ operation, selectionSet: set }) => ({ type: table.roots[operation] ?? "", set }));
  return [...fragmentsOf(document).values()].map(({ typeCondition, selectionSet: set }) => ({ type: typeCondition.name.value, set }));
}

/** @type {(document: DocumentNode) => Fragments} */
function fragmentsOf(document) {
  const fragments = document.definitions.filter((definition) => definition.kind === "FragmentDefinition");
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/**
 * The fields of some selections by response key. With `known`, the type that the object turned out to be, fragments on other
 * types are left out; without it every fragment counts.
 *
 * @type {(table: PersonalDataTable, fragments: Fragments, scopes: Scope[], known?: string) => Map<string, Selected[]>}
 */
function fieldsIn(table, fragments, scopes, known) {
  /** @type {Map<string, Selected[]>} */
  const found = new Map();
  /** @type {(scope: Scope) => void} */
  const collect = ({ type, set }) => {
    for (const selection of set.selections) {
      if (selection.kind === "Field") {
        const key = selection.alias?.value ?? selection.name.value;
        found.set(key, [...(found.get(key) ?? []), { field: selection, parent: known ?? type }]);
        continue;
      }
      const fragment = selection.kind === "FragmentSpread" ? fragments.get(selection.name.value) : selection;
      const condition = fragment?.typeCondition?.name.value ?? type;
      if (fragment && applies(table, condition, known)) collect({ type: condition, set: fragment.selectionSet });
    }
  };
  scopes.forEach(collect);
  return found;
}

/** @type {(table: PersonalDataTable, condition: string, known?: string) => boolean} */
function applies(table, condition, known) {
  return known === undefined || condition === known || table.possible[condition]?.includes(known) === true;
}

/** @type {(table: PersonalDataTable, selected: Selected) => { category: string | null } | { type: string } | undefined} */
function entryOf(table, { field, parent }) {
  const fields = Object.hasOwn(table.types, parent) ? table.types[parent] : undefined;
  return fields && Object.hasOwn(fields, field.name.value) ? fields[field.name.value] : undefined;
}

/** @type {(table: PersonalDataTable, selected: Selected[]) => Scope[]} */
function scopesBelow(table, selected) {
  return selected.flatMap((one) => {
    const entry = entryOf(table, one);
    const type = entry && "type" in entry ? entry.type : "";
    return one.field.selectionSet ? [{ type, set: one.field.selectionSet }] : [];
  });
}

/** @type {(table: PersonalDataTable, fragments: Fragments, scopes: Scope[], above: string[]) => PersonalDataPath[]} */
function pathsIn(table, fragments, scopes, above) {
  /** @type {PersonalDataPath[]} */
  const found = [];
  for (const [key, selected] of fieldsIn(table, fragments, scopes)) {
    const path = [...above, key];
    /** @type {Map<string, PersonalDataPath>} */
    const here = new Map();
    for (const one of selected) {
      const entry = entryOf(table, one);
      const coordinate = `${one.parent}.${one.field.name.value}`;
      if (entry && "category" in entry) here.set(coordinate, { path, coordinate, category: entry.category });
    }
    found.push(...here.values());
    const below = scopesBelow(table, selected).filter((scope) => scope.type !== "");
    found.push(...pathsIn(table, fragments, below, path));
  }
  return found;
}

/** @type {(table: PersonalDataTable, fragments: Fragments, scopes: Scope[], value: unknown) => Json} */
function redacted(table, fragments, scopes, value) {
  if (Array.isArray(value)) return value.map((item) => redacted(table, fragments, scopes, item));
  if (typeof value !== "object" || value === null || scopes.length === 0) return plain(value);
  const fields = fieldsIn(table, fragments, scopes, knownType(table, scopes, value));
  /** @type {(entry: [string, unknown]) => [string, Json]} */
  const member = ([key, item]) => [key, redactedMember(table, fragments, { key, item, selected: fields.get(key) })];
  return Object.fromEntries(Object.entries(value).map(member));
}

/** @type {(table: PersonalDataTable, fragments: Fragments, member: { key: string, item: unknown, selected: Selected[] | undefined }) => Json} */
function redactedMember(table, fragments, { key, item, selected }) {
  // Clients add `__typename` to what they send.
  if (!selected) return key === "__typename" && typeof item === "string" ? item : "[not selected]";
  for (const one of selected) {
    const entry = entryOf(table, one);
    if (entry && "category" in entry) return entry.category === null ? "[personal data]" : `[personal data: ${entry.category}]`;
  }
  return redacted(table, fragments, scopesBelow(table, selected), item);
}

/**
 * The type that the object says it is, where that is one of those it can be: a type that came into the schema later is not
 * believed, and then every fragment counts.
 *
 * @type {(table: PersonalDataTable, scopes: Scope[], value: object) => string | undefined}
 */
function knownType(table, scopes, value) {
  const told = "__typename" in value ? value.__typename : undefined;
  if (typeof told !== "string") return undefined;
  return scopes.every(({ type }) => table.possible[type]?.includes(told)) ? told : undefined;
}

/** @type {(value: unknown) => Json} */
function plain(value) {
  return value === undefined ? null : /** @type {Json} */ (value);
}
