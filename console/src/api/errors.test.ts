import { readFileSync } from "node:fs";
import { CombinedError } from "@urql/core";
import { describe, expect, it } from "vitest";
import { en } from "../text/en.ts";
import { sv } from "../text/sv.ts";
import { failureOf, kindOf } from "./errors.ts";
import { inputOf } from "./form.ts";

interface Catalogue {
  readonly errors: readonly { readonly code: string }[];
  readonly userErrors: readonly { readonly code: string; readonly message: Record<"sv" | "en", string> }[];
}

const catalogue = JSON.parse(
  readFileSync(new URL("../../../schema/errors.json", import.meta.url), "utf8"),
) as Catalogue;

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
    ["PERSISTED_OPERATION_REQUIRED", "outdated"],
    ["INTERNAL", "other"],
  ])("%s is shown as %s", (code, kind) => {
    expect(failureOf(answered(code)).kind).toBe(kind);
  });
  it.each(catalogue.errors.map(({ code }) => code))("%s of the gateway's catalogue has words of its own", (code) => {
    const kind = kindOf[code];
    expect(kind).toBeDefined();
    for (const { failures } of [sv.parts, en.parts]) {
      expect(failures[kind as keyof typeof failures].title).not.toBe("");
    }
  });
  it("names the scopes that are missing", () => {
    expect(failureOf(answered("FORBIDDEN", { requiredScopes: [["a", "b"]] }))).toEqual({
      kind: "forbidden",
      scopes: [["a", "b"]],
    });
  });
  it("tells how long to wait", () => {
    expect(failureOf(answered("RATE_LIMITED", {}, { "retry-after": "7" }))).toEqual({
      kind: "busy",
      seconds: 7,
      budget: null,
    });
    expect(failureOf(answered("RATE_LIMITED", { budget: "subjectsPerHour", retryAfter: 90 }))).toEqual({
      kind: "busy",
      seconds: 90,
      budget: "subjectsPerHour",
    });
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
  it.each(catalogue.userErrors)("$code comes from the gateway in both languages", ({ message }) => {
    expect(message.sv).not.toBe("");
    expect(message.en).not.toBe(message.sv);
  });
  it("stands at the innermost one that the form has", () => {
    const error = { code: "INVALID", message: "words", path: ["input", "rectifications", "0", "newValue"] };
    expect(inputOf(error, ["rectifications", "newValue"])).toBe("newValue");
    expect(inputOf(error, ["reason"])).toBeUndefined();
  });
});
