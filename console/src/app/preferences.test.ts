import { describe, expect, it, vi } from "vitest";

vi.stubGlobal("navigator", { languages: ["en"] });
const { languageOf } = await import("./preferences.tsx");

describe("the language", () => {
  it.each([
    ["sv", ["en-GB"], "sv"],
    ["en", ["sv-SE"], "en"],
    [null, ["sv-SE", "en"], "sv"],
    [null, ["de-DE", "sv"], "sv"],
    [null, ["de-DE"], "en"],
    ["xx", ["sv"], "sv"],
  ] as const)("chosen %s, browser %s: %s", (chosen, browser, language) => {
    expect(languageOf(chosen, browser)).toBe(language);
  });
});
