import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildSchema,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  isScalarType,
  parse,
  typeFromAST,
  visit,
} from "graphql";
import { expect, it } from "vitest";

/** Every input of any text that the console sends, and the test in a browser that puts markup into it. */
const covered: Readonly<Record<string, string>> = {
  $after: "a cursor, typed by nobody",
  "AcknowledgeDownstreamTaskInput.note": "hostile-registers: what was done there by hand",
  "AskForIdentityInput.reason": "hostile: a doubt",
  "AuditEventFilter.action": "a choice of names, typed by nobody",
  "DataSubjectFilter.email": "hostile-registers: a search for people",
  "DataSubjectFilter.externalReference": "hostile-registers: a search for people",
  "DataSubjectFilter.loginName": "hostile-registers: a search for people",
  "DataSubjectFilter.nameWords": "hostile-registers: a search for people",
  "DataSubjectFilter.phone": "hostile-registers: a search for people",
  "ExtendDeadlineInput.reason": "hostile: an extension",
  "GrantConsentInput.source": "hostile-registers: a consent",
  "GrantConsentInput.textVersion": "hostile-registers: a consent",
  "ObjectToSubprocessorInput.reason": "hostile: an objection to a sub-processor",
  "PlaceLegalHoldInput.reference": "hostile-registers: a hold",
  "PostalAddressInput.lines": "hostile-registers: a person, in every input",
  "PostalAddressInput.locality": "hostile-registers: a person, in every input",
  "PostalAddressInput.postalCode": "hostile-registers: a person, in every input",
  "RecordAccountingRecordInput.description": "hostile-registers: a record",
  "RecordAccountingRecordInput.number": "hostile-registers: a record",
  "RectificationInput.newValue": "hostile: a correction; hostile-registers: a corrected address",
  "RefuseRightsRequestInput.reasons": "hostile: a refusal",
  "RegisterDataSubjectInput.email": "hostile-registers: a person, in every input",
  "RegisterDataSubjectInput.externalReference": "hostile-registers: a person, in every input",
  "RegisterDataSubjectInput.loginName": "hostile-registers: a person, in every input",
  "RegisterDataSubjectInput.name": "hostile-registers: a person, in every input",
  "RegisterDataSubjectInput.password": "hostile-registers: a person, in every input",
  "RegisterDataSubjectInput.phone": "hostile-registers: a person, in every input",
  "RegisterDataSubjectInput.position": "hostile-registers: a person, in every input",
  "RegisterDownstreamSystemInput.endpoint": "hostile-registers: a system",
  "RegisterDownstreamSystemInput.name": "hostile-registers: a system's name",
  "SetRetentionRuleInput.source": "hostile-registers: where a rule comes from",
  "SignAgreementInput.signatoryName": "hostile-registers: the name below an agreement",
  "SignAgreementInput.signatoryTitle": "hostile-registers: the title below an agreement",
  "SubmitObjectionInput.grounds": "hostile-registers: the grounds of an objection",
  "UpdateDataSubjectInput.email": "hostile-registers: a change of a person, in every input",
  "UpdateDataSubjectInput.externalReference": "hostile-registers: a change of a person, in every input",
  "UpdateDataSubjectInput.loginName": "hostile-registers: a change of a person, in every input",
  "UpdateDataSubjectInput.name": "hostile-registers: a change of a person, in every input",
  "UpdateDataSubjectInput.password": "hostile-registers: a change of a person, in every input",
  "UpdateDataSubjectInput.phone": "hostile-registers: a change of a person, in every input",
  "UpdateDataSubjectInput.position": "hostile-registers: a change of a person, in every input",
};

it("no text that the console sends is forgotten by the tests of hostile texts", () => {
  const root = join(import.meta.dirname, "../src");
  const schema = buildSchema(readFileSync(join(import.meta.dirname, "../../schema/gateway.graphql"), "utf8"));
  const free = new Set(["String", "EmailAddress", "PhoneNumber", "URL", "JSON"]);
  const found = new Set<string>();
  const walk = (type: GraphQLInputType, name: string, seen: readonly string[] = []) => {
    const named = getNamedType(type);
    if (isScalarType(named) && free.has(named.name)) found.add(name);
    if (!isInputObjectType(named) || seen.includes(named.name)) return;
    for (const field of Object.values(named.getFields())) {
      walk(field.type, `${named.name}.${field.name}`, [...seen, named.name]);
    }
  };
  for (const file of readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".graphql"),
  )) {
    visit(parse(readFileSync(join(root, file), "utf8")), {
      VariableDefinition(node) {
        const type = typeFromAST(schema, node.type as never) as GraphQLInputType | undefined;
        if (type) walk(type, `$${node.variable.name.value}`);
      },
    });
  }
  expect([...found].sort()).toEqual(Object.keys(covered).sort());
});
