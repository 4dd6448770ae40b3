import { expect, test } from "vitest";
import { asked, filterIn, noFilter } from "./eventFilter.ts";

test("an address gives the filter that it names, and ignores what it cannot be", () => {
  const query = new URLSearchParams("from=2026-03-01&until=soon&action=consent.grant&outcome=maybe");
  expect(filterIn(query)).toEqual({ ...noFilter, from: "2026-03-01", action: "consent.grant" });
});

test("the last day is asked for to its end, in the reader's zone", () => {
  const filter = asked({ ...noFilter, from: "2026-03-01", until: "2026-03-01" }, "");
  const from = new Date(2026, 2, 1);
  expect(filter).toEqual({ from: from.toISOString(), until: new Date(2026, 2, 2).toISOString() });
});

test("only what was chosen is asked for", () => {
  expect(asked(noFilter, " ")).toBeNull();
  expect(asked({ ...noFilter, outcome: "denied", subject: " subject_1 " }, "someone")).toEqual({
    allowed: false,
    subjectId: "subject_1",
    actorId: "someone",
  });
});
