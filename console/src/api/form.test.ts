import { expect, test } from "vitest";
import { errorAt, errorsElsewhere } from "./form.ts";

const errors = [
  { code: "INVALID", message: "No such town.", path: ["input", "address", "locality"] },
  { code: "INVALID", message: "Too short.", path: ["input", "name"] },
  { code: "CONFLICT", message: "It has changed.", path: null },
  { code: "NOT_FOUND", message: "No such person.", path: ["input", "subjectId"] },
];

test("an error stands beside the input that its path names, or the group of it", () => {
  expect(errorAt(errors, ["name"])).toBe("Too short.");
  expect(errorAt(errors, ["address", "locality"])).toBe("No such town.");
  expect(errorAt(errors, ["address"])).toBe("No such town.");
  expect(errorAt(errors, ["address", "lines"])).toBeUndefined();
  expect(errorAt(errors, ["email"])).toBeUndefined();
});

test("an error that no shown input is to blame for is told all the same", () => {
  expect(errorsElsewhere(errors, ["name", "address"])).toEqual(["It has changed.", "No such person."]);
});
