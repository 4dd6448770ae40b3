import { expect, test } from "vitest";
import { legalMinimum, mayEraseSooner } from "./law.ts";

test("accounting records are kept seven years after the year of the fiscal year's end, and nothing else by law", () => {
  expect(legalMinimum("ACCOUNTING")).toEqual({ months: 84, trigger: "FISCAL_YEAR_ENDED" });
  expect(legalMinimum("NAME")).toBeNull();
});

test("a shorter period or another trigger may erase sooner, a longer period does not", () => {
  const two = { months: 24, trigger: "SUBJECT_INACTIVE" } as const;
  expect(mayEraseSooner(two, { ...two, months: 12 })).toBe(true);
  expect(mayEraseSooner(two, { ...two, trigger: "RELATIONSHIP_ENDED" })).toBe(true);
  expect(mayEraseSooner({ ...two, months: null }, two)).toBe(true);
  expect(mayEraseSooner(two, { ...two, months: 36 })).toBe(false);
  expect(mayEraseSooner(two, two)).toBe(false);
});
