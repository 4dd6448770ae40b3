import { describe, expect, it } from "vitest";
import { filterFrom } from "./search.ts";
import { emptyCorrection, newValueOf, receivedAt } from "./submission.ts";

describe("a search for a person", () => {
  it.each([
    ["namn@example.org", { email: "namn@example.org" }],
    ["070-123 45 67", { phone: "070-123 45 67" }],
    ["+46 70 123 45 67", { phone: "+46 70 123 45 67" }],
    ["H-2003", { externalReference: "H-2003" }],
    ["Prov Provsson", { nameWords: "Prov Provsson" }],
    [" Prov ", { nameWords: "Prov" }],
  ])("%s", (typed, filter) => {
    expect(filterFrom(typed)).toEqual(filter);
  });
});

describe("the day of receipt", () => {
  it("is now when it is today, so that it is never in the future", () => {
    expect(receivedAt("2026-11-23", "2026-11-23")).toBeUndefined();
  });
  it("is the same Swedish day in winter and in summer", () => {
    for (const day of ["2026-01-15", "2026-07-15"]) {
      const instant = new Date(receivedAt(day, "2026-11-23") ?? "");
      expect(instant.toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm" })).toBe(day);
    }
  });
});

describe("a correction", () => {
  it("of an address is the JSON of its parts", () => {
    const address = {
      lines: "Provgatan 1\n\n c/o Exempel ",
      postalCode: "111 11",
      locality: "Provstad",
      country: "SE",
    };
    expect(JSON.parse(newValueOf({ ...emptyCorrection(0), category: "ADDRESS", address }))).toEqual({
      lines: ["Provgatan 1", "c/o Exempel"],
      postalCode: "111 11",
      locality: "Provstad",
      country: "SE",
    });
  });
  it("of anything else is what was typed", () => {
    expect(newValueOf({ ...emptyCorrection(0), value: "Prov" })).toBe("Prov");
  });
});
