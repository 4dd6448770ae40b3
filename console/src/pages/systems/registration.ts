import type {
  DataCategory,
  DownstreamMessage,
  RegisterDownstreamSystemInput,
  SubjectIdentifier,
  SystemConnector,
} from "../../gql/graphql.ts";

/** What is filled in about a new system. */
export interface SystemFields {
  readonly connector: SystemConnector;
  readonly name: string;
  readonly endpoint: string;
  readonly receives: readonly DownstreamMessage[];
  readonly dataCategories: readonly DataCategory[];
  readonly identifiers: readonly SubjectIdentifier[];
}

export const newSystem: SystemFields = {
  connector: "SIGNED_WEBHOOK",
  name: "",
  endpoint: "",
  receives: ["RIGHTS_REQUEST_TASK"],
  dataCategories: [],
  identifiers: ["EXTERNAL_REFERENCE"],
};

/** Whether the connector can carry anything but tasks: heads of the log are posted as signed messages alone. */
export function carriesHeads(connector: SystemConnector): boolean {
  return connector === "SIGNED_WEBHOOK";
}

/** Whether the system is told of persons. */
export function hearsOfPersons({ connector, receives }: SystemFields): boolean {
  return !carriesHeads(connector) || receives.includes("RIGHTS_REQUEST_TASK");
}

/** What registers the system. One that hears of no person has neither categories nor identifiers. */
export function registrationOf(fields: SystemFields): RegisterDownstreamSystemInput {
  const told = hearsOfPersons(fields);
  return {
    ...fields,
    receives: carriesHeads(fields.connector) ? fields.receives : ["RIGHTS_REQUEST_TASK"],
    dataCategories: told ? fields.dataCategories : [],
    identifiers: told ? fields.identifiers : [],
  };
}
