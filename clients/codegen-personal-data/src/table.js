// From a schema to what the runtime needs of it.

import { getNamedType, isAbstractType, isInterfaceType, isObjectType, valueFromASTUntyped } from "graphql";

/**
 * @import { GraphQLField, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema } from "graphql"
 * @import { PersonalDataTable } from "./runtime.js"
 * @typedef {GraphQLObjectType | GraphQLInterfaceType} Composite
 * @typedef {{ directive: string, categoryArgument: string }} Marking
 * @typedef {Map<string, string | null>} Coordinates category by `Type.field`
 */

/** @type {(schema: GraphQLSchema, marking: Marking) => { table: PersonalDataTable, coordinates: Coordinates }} */
export function tableOf(schema, marking) {
  const coordinates = spread(schema, marked(schema, marking));
  const reaching = typesReaching(schema, coordinates);
  return {
    coordinates,
    table: {
      roots: rootsOf(schema),
      types: Object.fromEntries(
        composites(schema)
          .filter((type) => reaching.has(type.name))
          .map((type) => [type.name, entriesOf(type, coordinates, reaching)]),
      ),
      possible: Object.fromEntries(
        sortedTypes(schema)
          .filter(isAbstractType)
          .map((type) => [type.name, schema.getPossibleTypes(type).map((one) => one.name).sort()]),
      ),
    },
  };
}

/** @type {(schema: GraphQLSchema) => PersonalDataTable["roots"]} */
function rootsOf(schema) {
  const [query, mutation, subscription] = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return {
    ...(query && { query: query.name }),
    ...(mutation && { mutation: mutation.name }),
    ...(subscription && { subscription: subscription.name }),
  };
}

const sortedTypes = (/** @type {GraphQLSchema} */ schema) =>
  Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith("__"))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** @type {(schema: GraphQLSchema) => Composite[]} */
const composites = (schema) => sortedTypes(schema).filter((type) => isObjectType(type) || isInterfaceType(type));

/** @type {(type: Composite) => GraphQLField<unknown, unknown>[]} */
const fieldsOf = (type) => Object.values(type.getFields()).sort((a, b) => (a.name < b.name ? -1 : 1));

/** @type {(schema: GraphQLSchema, marking: Marking) => Coordinates} */
function marked(schema, { directive, categoryArgument }) {
  /** @type {Coordinates} */
  const found = new Map();
  for (const type of composites(schema)) {
    for (const field of fieldsOf(type)) {
      const used = field.astNode?.directives?.find((one) => one.name.value === directive);
      const argument = used?.arguments?.find((one) => one.name.value === categoryArgument);
      const category = argument && valueFromASTUntyped(argument.value);
      if (used) found.set(`${type.name}.${field.name}`, typeof category === "string" ? category : null);
    }
  }
  return found;
}

/**
 * A mark on an interface's field holds for every type that implements it. One on a type's field makes the interface's count
 * too, since a document may select that and get the type's value.
 *
 * @type {(schema: GraphQLSchema, own: Coordinates) => Coordinates}
 */
function spread(schema, own) {
  const all = new Map(own);
  const pairs = composites(schema).flatMap((type) =>
    type.getInterfaces().flatMap((above) =>
      fieldsOf(above).map(({ name }) => ({ above: `${above.name}.${name}`, below: `${type.name}.${name}` })),
    ),
  );
  for (const { above, below } of pairs) {
    const category = own.get(above);
    if (category !== undefined && !own.has(below)) all.set(below, category);
  }
  const marks = new Map(all);
  for (const { above, below } of pairs) {
    const category = marks.get(below);
    const there = all.get(above);
    if (category !== undefined) all.set(above, there === undefined || there === category ? category : null);
  }
  return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @type {(schema: GraphQLSchema, coordinates: Coordinates) => Set<string>} */
function typesReaching(schema, coordinates) {
  const reaching = new Set([...coordinates.keys()].map((coordinate) => coordinate.slice(0, coordinate.indexOf("."))));
  /** @type {(type: import("graphql").GraphQLNamedType) => boolean} */
  const reaches = (type) =>
    (isAbstractType(type) && schema.getPossibleTypes(type).some((one) => reaching.has(one.name))) ||
    ((isObjectType(type) || isInterfaceType(type)) && fieldsOf(type).some((field) => reaching.has(getNamedType(field.type).name)));
  for (let before = -1; before !== reaching.size; ) {
    before = reaching.size;
    for (const type of sortedTypes(schema)) if (reaches(type)) reaching.add(type.name);
  }
  return reaching;
}

/** @type {(type: Composite, coordinates: Coordinates, reaching: Set<string>) => PersonalDataTable["types"][string]} */
function entriesOf(type, coordinates, reaching) {
  /** @type {Record<string, { category: string | null } | { type: string }>} */
  const entries = {};
  for (const field of fieldsOf(type)) {
    const category = coordinates.get(`${type.name}.${field.name}`);
    const gives = getNamedType(field.type).name;
    if (category !== undefined) entries[field.name] = { category };
    else if (reaching.has(gives)) entries[field.name] = { type: gives };
  }
  return entries;
}
