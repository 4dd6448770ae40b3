import { describe, expect, it } from "vitest";
import { filterOf, kindOf, stateOf } from "./filters.ts";

describe("the filters of an address", () => {
  it("are the open ones, of every right, where it names none that there is", () => {
    expect(stateOf(null)).toBe("open");
    expect(stateOf("nothing")).toBe("open");
    expect(kindOf("nothing", ["ACCESS"])).toBe("");
  });
  it("say to the gateway what they mean", () => {
    expect(filterOf("all", "")).toEqual({});
    expect(filterOf("overdue", "ACCESS")).toEqual({ kind: ["ACCESS"], overdue: true });
    expect(filterOf("open", "").status).toContain("IN_PROGRESS");
    expect(filterOf("closed", "").status).toContain("REFUSED");
  });
});
