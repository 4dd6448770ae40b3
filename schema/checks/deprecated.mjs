// What is going to go: each deprecation names its day, at least twelve months ahead when clients first read of it, and what is
// gone after its day breaks nobody who was told.

import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from "graphql";

const DAY = /\b\d{4}-\d{2}-\d{2}\b/;

/** Coordinates of everything that can be deprecated, with the reason; undefined where it is not. */
function reasons(schema) {
  const found = new Map();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    const put = (coordinate, element) => found.set(coordinate, element.deprecationReason ?? undefined);
    if (isEnumType(type)) for (const value of type.getValues()) put(`${type.name}.${value.name}`, value);
    if (!(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))) continue;
    for (const field of Object.values(type.getFields())) {
      put(`${type.name}.${field.name}`, field);
      for (const argument of field.args ?? []) put(`${type.name}.${field.name}.${argument.name}`, argument);
    }
  }
  return found;
}

/** The day of a reason, if it names one that the calendar has. */
function dayOf(reason) {
  const [day] = reason?.match(DAY) ?? [];
  return day && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ? day : undefined;
}

/** The same day of the next year; of 29 February, the day after. */
function aYearAfter(day) {
  const [year, rest] = [Number(day.slice(0, 4)) + 1, day.slice(5)];
  return rest === "02-29" ? `${year}-03-01` : `${year}-${rest}`;
}

/** Deprecations that tell clients too little, as `{ coordinate, message }`. `today` is an ISO date. */
export function faultyDeprecations(released, current, today) {
  const before = reasons(released);
  const found = [];
  for (const [coordinate, reason] of reasons(current)) {
    if (reason === undefined) continue;
    const fault = (message) => found.push({ coordinate, message: `the deprecation of '${coordinate}' ${message}` });
    const [day, promised] = [dayOf(reason), dayOf(before.get(coordinate))];
    if (!day) fault("does not say from which day on it may go");
    else if (promised && day < promised) fault(`names ${day}, and clients were promised ${promised}`);
    else if (!promised && day < aYearAfter(today)) fault(`names ${day}: clients need a year, until ${aYearAfter(today)} at least`);
  }
  return found;
}

/** Whether what is at a coordinate was announced to go, and its day has come. */
export function mayBeGone(released, current, today) {
  const [before, after] = [reasons(released), reasons(current)];
  return (coordinate) => {
    const day = dayOf(before.get(coordinate));
    return day !== undefined && day <= today && !after.has(coordinate);
  };
}
