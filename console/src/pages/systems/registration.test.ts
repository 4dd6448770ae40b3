import { expect, test } from "vitest";
import { newSystem, registrationOf } from "./registration.ts";

const filled = { ...newSystem, name: "CRM", endpoint: "https://crm.example/", dataCategories: ["NAME"] } as const;

test("a system that receives heads alone is registered for no category and knows nobody", () => {
  expect(registrationOf({ ...filled, receives: ["AUDIT_CHECKPOINT"] })).toMatchObject({
    receives: ["AUDIT_CHECKPOINT"],
    dataCategories: [],
    identifiers: [],
  });
});

test.each(["MANUAL", "OPENDSR"] as const)("a system reached by %s receives tasks alone", (connector) => {
  expect(registrationOf({ ...filled, connector, receives: ["AUDIT_CHECKPOINT"] })).toMatchObject({
    receives: ["RIGHTS_REQUEST_TASK"],
    dataCategories: ["NAME"],
    identifiers: ["EXTERNAL_REFERENCE"],
  });
});
