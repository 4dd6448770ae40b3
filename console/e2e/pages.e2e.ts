import { afterAll, describe, expect, it } from "vitest";
import { axe, close, pageFor, type Reader, settled, shoot, tenants } from "./browser.ts";

afterAll(close);

/** Each page by its address, and how it is reached where the address holds an identifier. */
const pages: readonly {
  readonly name: string;
  readonly path: string;
  readonly link?: string;
  readonly heading: Record<"sv-SE" | "en-GB", RegExp>;
}[] = [
  { name: "today", path: "/console/", heading: { "sv-SE": /^I dag$/, "en-GB": /^Today$/ } },
  { name: "requests", path: "/console/requests", heading: { "sv-SE": /^Begäranden$/, "en-GB": /^Requests$/ } },
  {
    name: "new-request",
    path: "/console/requests/new",
    heading: { "sv-SE": /^Registrera en begäran$/, "en-GB": /^Register a request$/ },
  },
  {
    name: "request-late",
    path: "/console/requests?state=overdue",
    link: ".table th a",
    heading: { "sv-SE": /art|Art/, "en-GB": /Art/ },
  },
  {
    name: "request-erasure",
    path: "/console/requests?kind=ERASURE",
    link: ".table th a",
    heading: { "sv-SE": /^Radering/, "en-GB": /^Erasure/ },
  },
  {
    name: "request-closed",
    path: "/console/requests?state=closed&kind=ERASURE",
    link: ".table th a",
    heading: { "sv-SE": /^Radering/, "en-GB": /^Erasure/ },
  },
  { name: "agreement", path: "/console/agreement", heading: { "sv-SE": /^Avtal$/, "en-GB": /^Agreement$/ } },
  {
    name: "subprocessor",
    path: "/console/agreement",
    link: ".subprocessors tbody tr:last-child a",
    heading: { "sv-SE": /./, "en-GB": /./ },
  },
  { name: "breaches", path: "/console/breaches", heading: { "sv-SE": /^Incidenter$/, "en-GB": /^Breaches$/ } },
  { name: "breach", path: "/console/breaches", link: ".table th a", heading: { "sv-SE": /./, "en-GB": /./ } },
];

const readers: readonly (Reader & { readonly name: string; readonly language: "sv-SE" | "en-GB" })[] = [
  { name: "light", language: "en-GB", colours: "light" },
  { name: "dark", language: "sv-SE", colours: "dark" },
  { name: "narrow", language: "sv-SE", colours: "light", width: 320, height: 720, zone: "America/New_York" },
  { name: "narrow-dark", language: "en-GB", colours: "dark", width: 360, height: 740 },
  { name: "wide", language: "en-GB", colours: "light", width: 1600, height: 1000 },
];

describe.each(readers)("every page, $name, in $language", (reader) => {
  it.each(pages)("$name", async ({ name, path, link, heading }) => {
    const { page, troubles } = await pageFor(reader, path);
    if (link) await page.locator(link).first().click();
    const title = page.locator("h1").filter({ hasText: heading[reader.language] });
    await title.waitFor();
    await page.waitForTimeout(300);
    await settled(page);
    await shoot(page, `${name}-${reader.name}`);
    expect(await page.title()).toContain(((await title.textContent()) ?? "").slice(0, 8));
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await axe(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

describe("somebody who", () => {
  it("reads a letter sees it beside its tools", async () => {
    const { page, troubles } = await pageFor({}, "/console/requests?state=overdue");
    await page.locator(".table th a").first().click();
    await page.getByRole("button", { name: "Read the letter" }).click();
    await page.locator("article.paper").waitFor();
    await shoot(page, "letter-light");
    expect(await axe(page)).toEqual([]);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".shell-side").isVisible()).toBe(false);
    await shoot(page, "letter-print");
    expect(troubles).toEqual([]);
  });

  it("compares versions sees what differs", async () => {
    const { page } = await pageFor({}, "/console/agreement");
    await page.getByRole("button", { name: "Compare" }).click();
    await page.locator(".differences ins").first().waitFor();
    await shoot(page, "agreement-compared-light");
    expect(await axe(page)).toEqual([]);
  });

  it("has no agreement in force is told what to do", async () => {
    const { page } = await pageFor({ tenant: tenants.unsigned });
    await shoot(page, "today-unsigned-light");
    expect(await page.getByText("No agreement is in force").first().isVisible()).toBe(true);
    expect(await axe(page)).toEqual([]);
    await page.getByRole("link", { name: "Read and sign" }).first().click();
    await page.getByRole("button", { name: "Read and sign" }).click();
    await page.getByText("The text above has this digest.").waitFor();
    await shoot(page, "sign-light");
    expect(await axe(page)).toEqual([]);
  });

  it("may only read people sees no page of requests, and is told whom to ask", async () => {
    const { page } = await pageFor({ role: 1 }, "/console/requests");
    expect(await page.getByRole("navigation").first().getByRole("link", { name: "Requests" }).count()).toBe(0);
    expect(await page.getByText("Your role may not see this").isVisible()).toBe(true);
    await shoot(page, "forbidden-light");
  });

  it("mistypes an address comes back to Today", async () => {
    const { page } = await pageFor({}, "/console/nothing/here");
    await page.getByRole("link", { name: "Go to Today" }).click();
    await page.getByRole("heading", { name: "Today", level: 1 }).waitFor();
    await page.goBack();
    await page.getByText("There is no such page").waitFor();
  });
});
