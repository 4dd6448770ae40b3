import { CombinedError } from "@urql/core";
import { describe, expect, it } from "vitest";
import { failureOf } from "./errors.ts";
import { inputOf } from "./form.ts";

function answered(code: string, extensions: object = {}, headers: Record<string, string> = {}) {
  return new CombinedError({
    graphQLErrors: [{ message: "words", extensions: { code, ...extensions } }],
    response: new Response("", { headers }),
  });
}

describe("a failure", () => {
  it.each([
    ["AGREEMENT_REQUIRED", "agreement"],
    ["TENANT_NOT_SERVED", "notServed"],
    ["PERSISTED_QUERY_NOT_FOUND", "outdated"],
    ["INTERNAL", "other"],
  ])("%s is shown as %s", (code, kind) => {
    expect(failureOf(answered(code)).kind).toBe(kind);
  });
  it("names the scopes that are missing", () => {
    expect(failureOf(answered("FORBIDDEN", { requiredScopes: [["a", "b"]] }))).toEqual({
      kind: "forbidden",
      scopes: [["a", "b"]],
    });
  });
  it("tells how long to wait", () => {
    expect(failureOf(answered("RATE_LIMITED", {}, { "retry-after": "7" }))).toEqual({ kind: "busy", seconds: 7 });
  });
  it("is the network's where no answer came", () => {
    expect(failureOf(new CombinedError({ networkError: new Error("failed") }))).toEqual({ kind: "network" });
  });
  it("quotes the request's id", () => {
    const failure = failureOf(answered("INTERNAL", {}, { "x-request-id": "id" }));
    expect(failure).toEqual({ kind: "other", message: "words", requestId: "id" });
  });
});

describe("what is wrong with an input", () => {
  it("stands at the innermost one that the form has", () => {
    const error = { code: "INVALID", message: "words", path: ["input", "rectifications", "0", "newValue"] };
    expect(inputOf(error, ["rectifications", "newValue"])).toBe("newValue");
    expect(inputOf(error, ["reason"])).toBeUndefined();
  });
});
