import { describe, expect, it } from "vitest";
import type { RightsRequestStatus } from "../../gql/graphql.ts";
import { stepsOf } from "./steps.ts";

const officer = ["rights:read", "rights:write", "rights:decide"];

function at(status: RightsRequestStatus, more: object = {}) {
  return { status, identityAskedAt: null, extension: null, overdue: false, downstreamTasks: [], ...more };
}

describe("what can be done with a request", () => {
  it.each([
    ["RECEIVED", ["verify", "ask", "refuse", "extend", "withdraw"]],
    ["AWAITING_IDENTITY", ["verify", "refuse", "extend", "withdraw"]],
    ["UNDER_REVIEW", ["approve", "refuse", "extend", "withdraw"]],
    ["IN_PROGRESS", ["extend", "withdraw"]],
    ["COMPLETED", []],
    ["PARTIALLY_COMPLETED", []],
    ["REFUSED", []],
    ["WITHDRAWN", []],
  ] as const)("%s", (status, steps) => {
    expect(stepsOf(at(status), officer)).toEqual(steps);
  });
  it("asks once who it is", () => {
    expect(stepsOf(at("RECEIVED", { identityAskedAt: "2026-11-01T00:00:00Z" }), officer)).not.toContain("ask");
  });
  it("extends once, and not when the time has passed", () => {
    expect(stepsOf(at("UNDER_REVIEW", { extension: {} }), officer)).not.toContain("extend");
    expect(stepsOf(at("UNDER_REVIEW", { overdue: true }), officer)).not.toContain("extend");
  });
  it("takes nothing back that systems outside were told of", () => {
    expect(stepsOf(at("IN_PROGRESS", { downstreamTasks: [{}] }), officer)).toEqual(["extend"]);
  });
  it("leaves decisions to those who may decide", () => {
    expect(stepsOf(at("UNDER_REVIEW"), ["rights:read", "rights:write"])).toEqual(["withdraw"]);
    expect(stepsOf(at("RECEIVED"), ["rights:read"])).toEqual([]);
  });
});
