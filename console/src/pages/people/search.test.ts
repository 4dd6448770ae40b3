import { expect, test } from "vitest";
import { filterOf, guessedKey, purposeNamed, searchProblem } from "./search.ts";

test.each([
  ["Ada", "nameWords"],
  ["ada exempelsson", "nameWords"],
  ["someone@example.com", "email"],
  ["@", "email"],
  ["+46 8 123 45", "phone"],
  ["070-123 45 67", "phone"],
  ["C-1001", "externalReference"],
  ["1001", "externalReference"],
])("%s is looked for as %s", (words, key) => {
  expect(guessedKey(words)).toBe(key);
});

test("what cannot be an address or a number is told before it is sent", () => {
  expect(searchProblem({ key: "email", words: "someone@example" })).toBe("email");
  expect(searchProblem({ key: "email", words: "someone@example.com" })).toBeNull();
  expect(searchProblem({ key: "phone", words: "08" })).toBe("phone");
  expect(searchProblem({ key: "phone", words: "08-123 45 67" })).toBeNull();
  expect(searchProblem({ key: "email", words: " " })).toBeNull();
});

test("a filter has what was typed and what was chosen, and is none without either", () => {
  expect(filterOf({ key: "email", words: " a@example.com " }, null)).toEqual({ email: "a@example.com" });
  expect(filterOf({ key: "nameWords", words: "" }, "RESTRICTED")).toEqual({ status: ["RESTRICTED"] });
  expect(filterOf({ key: "nameWords", words: " " }, null)).toBeNull();
});

test("a purpose that an address names wrongly is the usual one", () => {
  expect(purposeNamed("BOOKKEEPING", "RIGHTS_HANDLING")).toBe("BOOKKEEPING");
  expect(purposeNamed("CURIOSITY", "RIGHTS_HANDLING")).toBe("RIGHTS_HANDLING");
  expect(purposeNamed(null, "SERVICE_DELIVERY")).toBe("SERVICE_DELIVERY");
});
