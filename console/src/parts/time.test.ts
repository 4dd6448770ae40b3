import { describe, expect, it } from "vitest";
import { daysBetween, daysLeft, dayWords, elsewhere, hoursLeft, instantWords, legalDay } from "./time.ts";

const lastInstant = "2026-11-19T22:59:59.999Z";

describe("a deadline counts days as Sweden does", () => {
  it.each([
    ["2026-11-19T08:00:00Z", 0],
    ["2026-11-19T22:59:59Z", 0],
    // Midnight in Stockholm, still the 19th in London.
    ["2026-11-19T23:00:00Z", -1],
    ["2026-11-18T23:00:00Z", 0],
    ["2026-11-18T22:59:59Z", 1],
    ["2026-10-20T10:00:00Z", 30],
  ])("%s", (now, days) => {
    expect(daysLeft(lastInstant, new Date(now))).toBe(days);
  });
});

describe("days", () => {
  it("passes over the change of clocks without losing one", () => {
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
  });
  it("is the Swedish one", () => {
    expect(legalDay("2026-06-30T22:00:00Z")).toBe("2026-07-01");
    expect(legalDay("2026-12-31T22:59:59Z")).toBe("2026-12-31");
  });
});

describe("words", () => {
  it("names days in both languages", () => {
    expect(dayWords("2026-11-09", "en")).toBe("9 Nov 2026");
    expect(dayWords("2026-11-09", "sv")).toBe("9 nov. 2026");
  });
  it("tells an instant in the zone that is named", () => {
    expect(instantWords(lastInstant, "en", "Europe/Stockholm")).toBe("19 Nov 2026, 23:59");
    expect(instantWords(lastInstant, "en", "America/New_York")).toBe("19 Nov 2026, 17:59");
  });
});

describe("the reader's own time stands beside the legal one", () => {
  it.each([
    ["Europe/Stockholm", false],
    ["Europe/Berlin", false],
    ["Europe/London", true],
    ["America/New_York", true],
  ])("%s", (zone, told) => {
    expect(elsewhere(lastInstant, zone)).toBe(told);
  });
});

describe("hours", () => {
  it("counts elapsed hours down and past the end", () => {
    const until = "2026-11-26T20:14:00Z";
    expect(hoursLeft(until, new Date("2026-11-23T20:14:00Z"))).toBe(72);
    expect(hoursLeft(until, new Date("2026-11-26T20:13:59Z"))).toBe(0);
    expect(hoursLeft(until, new Date("2026-11-26T20:15:00Z"))).toBe(-1);
  });
});
