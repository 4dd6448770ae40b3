import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { sv } from "./sv.ts";

type Leaf = readonly [path: string, value: unknown];

function leaves(value: unknown, path = ""): readonly Leaf[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, `${path}.${key}`));
}

/** Words that are the same in both languages. */
const alike = /^(Version|Status|System|Standard|JSON|ZIP|PDF|Auto|Text|Person|Plan|Register$|SHA-256|OpenDSR)/;

describe("the texts", () => {
  it("have the same keys in both languages, and no empty one", () => {
    expect(
      leaves(en)
        .map(([path]) => path)
        .sort(),
    ).toEqual(
      leaves(sv)
        .map(([path]) => path)
        .sort(),
    );
    expect([...leaves(sv), ...leaves(en)].filter(([, value]) => value === "")).toEqual([]);
  });
  it("are translated", () => {
    const swedish = new Map(leaves(sv));
    const same = leaves(en).filter(
      ([path, value]) => typeof value === "string" && swedish.get(path) === value && !alike.test(value),
    );
    expect(same).toEqual([]);
  });
});
