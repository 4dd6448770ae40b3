import { describe, expect, it } from "vitest";
import { compare, paragraphs, words } from "./compare.ts";

describe("two texts", () => {
  it("differ where they do", () => {
    expect(compare(["a", "b", "c"], ["a", "x", "c", "d"])).toEqual([
      { in: "both", pieces: ["a"] },
      { in: "older", pieces: ["b"] },
      { in: "newer", pieces: ["x"] },
      { in: "both", pieces: ["c"] },
      { in: "newer", pieces: ["d"] },
    ]);
  });
  it.each([
    [[], []],
    [["a"], []],
    [[], ["a"]],
    [
      ["a", "b", "a"],
      ["b", "a", "b"],
    ],
  ])("can be put together again from what differs: %j and %j", (older, newer) => {
    const runs = compare(older, newer);
    expect(runs.filter((run) => run.in !== "newer").flatMap((run) => run.pieces)).toEqual(older);
    expect(runs.filter((run) => run.in !== "older").flatMap((run) => run.pieces)).toEqual(newer);
  });
});

describe("a text in pieces", () => {
  it("says the same however its lines break", () => {
    expect(paragraphs("## Ett\n\nen\nrad\n\n\n två ")).toEqual(["Ett", "en rad", "två"]);
  });
  it("has a piece for each row of a table", () => {
    expect(paragraphs("| Namn | Säte |\n| --- | --- |\n| Ett\\+ | SE |")).toEqual(["Namn · Säte", "Ett+ · SE"]);
  });
  it("keeps the spaces between words", () => {
    expect(words("en två  tre").join("")).toBe("en två  tre");
  });
});
