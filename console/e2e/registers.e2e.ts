import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { axe, close, pageFor, type Reader, settled, shoot } from "./browser.ts";

afterAll(close);

type Words = Record<"sv-SE" | "en-GB", string>;

interface Walked {
  readonly name: string;
  readonly path: string;
  readonly heading: Record<"sv-SE" | "en-GB", RegExp>;
  /** What is done there before it is looked at. */
  readonly act?: (page: Page, language: "sv-SE" | "en-GB") => Promise<void>;
}

/** Presses the buttons of these names, one after the other. */
const pressing =
  (...names: readonly Words[]) =>
  async (page: Page, language: "sv-SE" | "en-GB") => {
    for (const name of names) {
      await page.getByRole("button", { name: name[language], exact: true }).click();
      await settled(page);
    }
  };

const showNames: Words = { "sv-SE": "Visa namn", "en-GB": "Show names" };
const showValues: Words = { "sv-SE": "Visa uppgifterna", "en-GB": "Show the details" };
const showRecords: Words = { "sv-SE": "Visa handlingar", "en-GB": "Show records" };
const showLog: Words = { "sv-SE": "Visa loggen", "en-GB": "Show the log" };
const check: Words = { "sv-SE": "Pröva beviset", "en-GB": "Check the proof" };
const registerPerson: Words = { "sv-SE": "Registrera", "en-GB": "Register" };
const registerSystem: Words = { "sv-SE": "Registrera ett system", "en-GB": "Register a system" };

const pages: readonly Walked[] = [
  {
    name: "people",
    path: "/console/people",
    heading: { "sv-SE": /^Personer$/, "en-GB": /^People$/ },
    act: pressing(showNames),
  },
  {
    name: "person",
    path: "/console/people",
    heading: { "sv-SE": /^H-2003$/, "en-GB": /^H-2003$/ },
    act: async (page, language) => {
      await page.getByRole("link", { name: "H-2003" }).click();
      await pressing(showValues, showRecords, showLog)(page, language);
    },
  },
  {
    name: "person-new",
    path: "/console/people/new",
    heading: { "sv-SE": /^Registrera en person$/, "en-GB": /^Register a person$/ },
    act: pressing(registerPerson),
  },
  {
    name: "retention",
    path: "/console/retention",
    heading: { "sv-SE": /^Gallring$/, "en-GB": /^Retention$/ },
    act: async (page) => {
      const table = page.locator(".forecast-details summary");
      if (await table.isVisible()) await table.click();
    },
  },
  { name: "evidence", path: "/console/evidence", heading: { "sv-SE": /^Bevis$/, "en-GB": /^Evidence$/ } },
  {
    name: "entry",
    path: "/console/evidence?action=dataSubject.register",
    heading: { "sv-SE": /^Registrerade en person$/, "en-GB": /^Registered a person$/ },
    act: async (page, language) => {
      await page.locator(".table th a").first().click();
      await pressing(check)(page, language);
    },
  },
  { name: "systems", path: "/console/systems", heading: { "sv-SE": /^System$/, "en-GB": /^Systems$/ } },
  {
    name: "system-new",
    path: "/console/systems",
    heading: { "sv-SE": /^System$/, "en-GB": /^Systems$/ },
    act: async (page, language) => {
      await page.getByRole("button", { name: registerSystem[language] }).first().click();
    },
  },
];

const readers: readonly (Reader & { readonly name: string; readonly language: "sv-SE" | "en-GB" })[] = [
  { name: "light", language: "sv-SE", colours: "light" },
  { name: "dark", language: "en-GB", colours: "dark" },
  { name: "narrow", language: "en-GB", colours: "light", width: 320, height: 720, zone: "America/New_York" },
  { name: "narrow-dark", language: "sv-SE", colours: "dark", width: 360, height: 740 },
  { name: "wide", language: "en-GB", colours: "light", width: 1600, height: 1000 },
];

describe.each(readers)("every register, $name, in $language", (reader) => {
  it.each(pages)("$name", async ({ name, path, heading, act }) => {
    const { page, troubles } = await pageFor(reader, path);
    await act?.(page, reader.language);
    await page.locator("h1").filter({ hasText: heading[reader.language] }).waitFor();
    await settled(page);
    await shoot(page, `${name}-${reader.name}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await axe(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

describe("an address", () => {
  it("of nobody says so, and leads back", async () => {
    const { page } = await pageFor({}, "/console/people/subject_01h2xcejqtf2nbrexx3vqjhp41");
    await page.getByText("The person is not here").waitFor();
    await page.getByRole("link", { name: "People" }).last().click();
    await page.getByRole("heading", { name: "People", level: 1 }).waitFor();
  });

  it("of no entry of the log says so, and leads back", async () => {
    const { page } = await pageFor({}, "/console/evidence/event_01h2xcejqtf2nbrexx3vqjhp41");
    await page.getByText("There is no such entry").waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it("holds the filters of the log, and the way back keeps them", async () => {
    const { page } = await pageFor({}, "/console/evidence?action=retentionRule.set");
    await page.getByRole("link", { name: "Changed a retention rule" }).first().click();
    await page.getByRole("heading", { name: "Changed a retention rule" }).waitFor();
    await page.goBack();
    await page.getByLabel("What was done").waitFor();
    expect(await page.getByLabel("What was done").inputValue()).toBe("retentionRule.set");
  });
});
