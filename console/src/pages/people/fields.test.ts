import { expect, test } from "vitest";
import { changes, fieldsOf, noFields, registration } from "./fields.ts";

const held = fieldsOf({
  name: "Test One",
  email: "one@example.com",
  phone: null,
  externalReference: "T-1",
  address: { lines: ["Provgatan 1", "Box 2"], postalCode: "111 11", locality: "Provstad", country: "SE" },
});

test("a change sends what was changed alone, and null for what was emptied", () => {
  expect(changes("subject_1", held, held)).toEqual({ subjectId: "subject_1" });
  expect(changes("subject_1", held, { ...held, email: "", phone: "08-1" })).toEqual({
    subjectId: "subject_1",
    email: null,
    phone: "08-1",
  });
});

test("an address is sent whole when any of it was changed, and null when all of it was emptied", () => {
  expect(changes("subject_1", held, { ...held, locality: "Annanstad" })).toEqual({
    subjectId: "subject_1",
    address: { lines: ["Provgatan 1", "Box 2"], postalCode: "111 11", locality: "Annanstad", country: "SE" },
  });
  expect(changes("subject_1", held, { ...held, lines: "", postalCode: "", locality: " " })).toEqual({
    subjectId: "subject_1",
    address: null,
  });
});

test("a registration leaves out what nobody typed", () => {
  expect(registration({ ...noFields, name: "Test One" })).toEqual({ name: "Test One" });
  expect(registration({ ...noFields, name: "", locality: "Provstad", country: "se" })).toEqual({
    name: "",
    address: { lines: [""], postalCode: "", locality: "Provstad", country: "SE" },
  });
});
