import type { RegisterDataSubjectInput, UpdateDataSubjectInput } from "../../gql/graphql.ts";

/** What is typed about a person; empty where nothing is. */
export interface PersonFields {
  readonly name: string;
  readonly position: string;
  readonly email: string;
  readonly phone: string;
  readonly externalReference: string;
  readonly loginName: string;
  readonly password: string;
  readonly lines: string;
  readonly postalCode: string;
  readonly locality: string;
  readonly country: string;
}

export const noFields: PersonFields = {
  name: "",
  position: "",
  email: "",
  phone: "",
  externalReference: "",
  loginName: "",
  password: "",
  lines: "",
  postalCode: "",
  locality: "",
  country: "SE",
};

const plain = ["position", "email", "phone", "externalReference", "loginName"] as const;

/** A person as it is read, for a form. */
export interface ReadPerson {
  readonly name?: string | null;
  readonly position?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly externalReference?: string | null;
  readonly loginName?: string | null;
  readonly address?: {
    readonly lines: readonly string[];
    readonly postalCode: string;
    readonly locality: string;
    readonly country: string;
  } | null;
}

/** What is held, as a form has it. */
export function fieldsOf(read: ReadPerson): PersonFields {
  return {
    name: read.name ?? "",
    position: read.position ?? "",
    email: read.email ?? "",
    phone: read.phone ?? "",
    externalReference: read.externalReference ?? "",
    loginName: read.loginName ?? "",
    password: "",
    lines: read.address?.lines.join("\n") ?? "",
    postalCode: read.address?.postalCode ?? "",
    locality: read.address?.locality ?? "",
    country: read.address?.country ?? "SE",
  };
}

/** The address that was typed; null where nothing of it was. */
export function addressOf(fields: PersonFields): RegisterDataSubjectInput["address"] | null {
  const lines = fields.lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const postalCode = fields.postalCode.trim();
  const locality = fields.locality.trim();
  if (lines.length === 0 && postalCode === "" && locality === "") return null;
  return { lines: lines.length > 0 ? lines : [""], postalCode, locality, country: fields.country.trim().toUpperCase() };
}

/** What registers the person. */
export function registration(fields: PersonFields): RegisterDataSubjectInput {
  const given = plain.filter((name) => fields[name].trim() !== "").map((name) => [name, fields[name]] as const);
  const address = addressOf(fields);
  return {
    name: fields.name,
    ...Object.fromEntries(given),
    ...(fields.password === "" ? {} : { password: fields.password }),
    ...(address ? { address } : {}),
  };
}

/** What was changed, and nothing else: what is left out stays, what was emptied is removed. */
export function changes(subjectId: string, before: PersonFields, after: PersonFields): UpdateDataSubjectInput {
  const names = ["name", ...plain] as const;
  const changed = names
    .filter((name) => after[name].trim() !== before[name])
    .map((name) => [name, after[name].trim() === "" ? null : after[name]] as const);
  const address = addressOf(after);
  const moved = JSON.stringify(address) !== JSON.stringify(addressOf(before));
  return {
    subjectId,
    ...Object.fromEntries(changed),
    ...(after.password === "" ? {} : { password: after.password }),
    ...(moved ? { address } : {}),
  };
}
