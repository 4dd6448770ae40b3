// How a schema is written: in one order, so that what changed is all that a diff shows, with every scalar of its own specified.

import { isScalarType, isSpecifiedScalarType, Kind, parse } from "graphql";

/** Names that stand before one that should precede them, as `A.c before A.b`. */
export function unsorted(sdl) {
  const { definitions } = parse(sdl);
  const directives = definitions.filter((definition) => definition.kind === Kind.DIRECTIVE_DEFINITION);
  const types = definitions.filter((definition) => definition.name && definition.kind !== Kind.DIRECTIVE_DEFINITION);
  const found = [...misplaced(types, ""), ...misplaced(directives, "@")];
  for (const type of types) {
    const members = type.fields ?? type.values ?? [];
    found.push(...misplaced(members, `${type.name.value}.`));
    for (const member of members) found.push(...misplaced(member.arguments ?? [], `${type.name.value}.${member.name.value}.`));
  }
  return found;
}

function misplaced(nodes, prefix) {
  const names = nodes.map((node) => node.name.value);
  return names.slice(1).flatMap((name, at) => (names[at] > name ? [`${prefix}${names[at]} before ${prefix}${name}`] : []));
}

/** Scalars that say nothing of where they are specified. */
export function unspecified(schema) {
  const scalars = Object.values(schema.getTypeMap()).filter((type) => isScalarType(type) && !isSpecifiedScalarType(type));
  return scalars.filter((scalar) => !scalar.specifiedByURL).map((scalar) => scalar.name);
}
