import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { axe, close, pageFor, settled } from "./browser.ts";
import { press, tabTo, type } from "./keyboard.ts";

afterAll(close);

/** Nobody's name, told apart from run to run. */
const mark = () =>
  `Prov${Math.random()
    .toString(36)
    .replace(/[^a-z]/g, "")
    .slice(0, 8)}`;

async function register(page: Page, name: string): Promise<void> {
  await page.goto("/console/people/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.getByText("The person is registered.").waitFor();
  await settled(page);
}

describe("people", () => {
  it.each([
    ["ada exempelsson", "Name"],
    ["ada.exempelsson@hamnhandel.example", "E-mail"],
    ["C-1001", "Reference"],
  ])("are found by %s, guessed to be a %s, which stands in no address", async (words, by) => {
    const { page, troubles } = await pageFor({ tenant: "Convenio AB" }, "/console/people");
    await page.getByLabel("Find a person").fill(words);
    expect(await page.getByLabel("Search by").locator("option:checked").textContent()).toBe(by);
    await page.keyboard.press("Enter");
    await page.getByText("1 person", { exact: true }).waitFor();
    await page.getByRole("link", { name: "C-1001" }).waitFor();
    expect(page.url()).not.toContain("ada");
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toMatch(/ada|1001/i);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("are found again on the way back from one", async () => {
    const { page } = await pageFor({ tenant: "Convenio AB" }, "/console/people");
    await page.getByLabel("Find a person").fill("Exempelsson");
    await page.keyboard.press("Enter");
    await page.getByText("1 person", { exact: true }).waitFor();
    await page.getByRole("link", { name: "C-1001" }).click();
    await page.getByRole("heading", { name: "C-1001" }).waitFor();
    await page.goBack();
    await page.getByText("1 person", { exact: true }).waitFor();
    expect(await page.getByLabel("Find a person").inputValue()).toBe("Exempelsson");
    await page.context().close();
  });

  it("are shown without values until somebody asks, and then by a reading in the log", async () => {
    const { page } = await pageFor({ tenant: "Convenio AB" }, "/console/people");
    await page.getByRole("link", { name: "C-1002" }).click();
    await page.getByRole("button", { name: "Show the details" }).waitFor();
    await settled(page);
    expect(await page.locator("main").textContent()).not.toContain("Provberg");
    await page.getByRole("button", { name: "Show the details" }).click();
    await page.getByText("Bo Provberg").waitFor();
    await page.getByRole("button", { name: "Show the log" }).click();
    await page
      .getByRole("row", { name: /Read a person.*Name, Position/s })
      .first()
      .waitFor();
    await page.context().close();
  });

  it("for marketing are those who consented alone", async () => {
    const { page } = await pageFor({ tenant: "Convenio AB" }, "/console/people");
    await page.getByLabel("Purpose").selectOption("DIRECT_MARKETING");
    await page.getByRole("link", { name: "C-1001" }).waitFor();
    await page.getByRole("link", { name: "C-1003" }).waitFor({ state: "detached" });
    expect(page.url()).toContain("purpose=DIRECT_MARKETING");
    await page.context().close();
  });
});

describe("a person", () => {
  it("is registered and changed, with what is wrong beside the inputs", async () => {
    const { page, troubles } = await pageFor({}, "/console/people/new");
    const name = mark();
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("E-mail").fill("no address");
    await page.getByLabel("Town").fill("Provstad");
    await page.getByRole("button", { name: "Register", exact: true }).click();
    const email = page.getByLabel("E-mail");
    await page.locator(".input[aria-invalid]").first().waitFor();
    expect(await email.getAttribute("aria-invalid")).toBe("true");
    expect(await email.evaluate((input) => input.parentElement?.textContent)).toContain("name@example.com");
    expect(await page.getByLabel("Street or box").getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe(name);
    expect(await axe(page)).toEqual([]);
    await email.fill(`${name.toLowerCase()}@example.com`);
    await page.getByLabel("Street or box").fill("Provgatan 1");
    await page.getByLabel("Postal code").fill("111 11");
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await page.getByText("The person is registered.").waitFor();

    await page.getByRole("button", { name: "Edit details" }).click();
    await page.getByLabel("Position").fill("Tester");
    await page.getByLabel("E-mail").fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The changes are saved.").waitFor();
    await page.getByRole("button", { name: "Show the details" }).click();
    await page.getByText("Tester").waitFor();
    expect(await page.locator("main").textContent()).not.toContain("@example.com");
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("consents, and takes it back at once", async () => {
    const { page } = await pageFor({});
    await register(page, mark());
    await page.getByRole("button", { name: "Record a consent" }).click();
    await page.getByRole("button", { name: "Record", exact: true }).click();
    await page.locator("dialog .input[aria-invalid]").first().waitFor();
    await page.getByLabel("Where it was given").fill("A form");
    await page.getByLabel("Which text the person saw").fill("2026-01");
    await page.getByRole("button", { name: "Record", exact: true }).click();
    await page.getByText("The consent is recorded.").waitFor();
    await page.getByRole("button", { name: "Withdraw" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
    await page.getByText(/The consent is withdrawn \(RR-/).waitFor();
    await page.getByText("Withdrawn", { exact: true }).waitFor();
    await page.context().close();
  });

  it("is kept from erasure, and let go by typing what it rests on", async () => {
    const { page } = await pageFor({});
    await register(page, mark());
    await page.getByRole("button", { name: "Keep from erasure" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Decision, case or contract").fill("T 1-26");
    await dialog.getByRole("button", { name: "Keep", exact: true }).click();
    await dialog.getByText("Choose at least one category.").waitFor();
    await dialog.getByLabel("Address", { exact: true }).check();
    await dialog.getByRole("button", { name: "Keep", exact: true }).click();
    await page.getByText("The data is kept from erasure.").waitFor();
    await page.getByRole("button", { name: "Release" }).click();
    await dialog.getByRole("textbox").fill("T 1");
    await dialog.getByRole("button", { name: "Release" }).click();
    await dialog.getByText("Type exactly T 1-26.").waitFor();
    await dialog.getByRole("textbox").fill("T 1-26");
    await dialog.getByRole("button", { name: "Release" }).click();
    await page.getByText("The hold is released.").waitFor();
    await page.context().close();
  });

  it("is named by accounting records, which say how long the law keeps them", async () => {
    const { page } = await pageFor({});
    await register(page, mark());
    await page.getByRole("button", { name: "Add a record" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Number").fill(mark());
    await dialog.getByLabel("What it says about the person").fill("A test of an invoice.");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.getByText("Enter the date of the document.").waitFor();
    await dialog.getByLabel("Date", { exact: true }).fill("2025-03-04");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("The record is added.").waitFor();
    await page.getByRole("button", { name: "Show records" }).click();
    await page.getByRole("row", { name: /A test of an invoice.*31 Dec 2032/ }).waitFor();
    await page.context().close();
  });

  it("is registered, found and led to a request by keyboard alone", async () => {
    const { page } = await pageFor({}, "/console/people");
    const name = mark();
    await press(page, page.getByRole("link", { name: "Register a person" }));
    await type(page, page.getByLabel("Name", { exact: true }), name);
    await page.keyboard.press("Enter");
    await page.getByText("The person is registered.").waitFor();
    await press(page, page.getByRole("link", { name: "People", exact: true }).last());
    await type(page, page.getByLabel("Find a person"), name);
    await page.keyboard.press("Enter");
    await page.getByText("1 person", { exact: true }).waitFor();
    await press(page, page.locator(".table th a"));
    await tabTo(page, page.getByRole("link", { name: "Erasure" }));
    await page.keyboard.press("Enter");
    await page.waitForURL(/requests\/new\?subject=subject_.*kind=ERASURE/);
    await page.context().close();
  });

  it("stays as typed when the session ends before it is sent", async () => {
    const { page } = await pageFor({}, "/console/people/new");
    const name = mark();
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.context().clearCookies();
    await page.getByRole("button", { name: "Register", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Please sign in again" });
    await dialog.waitFor();
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe(name);
    await dialog
      .locator("section.sign-in-tenant", { hasText: "Exempelhamnens Handel AB" })
      .getByRole("button")
      .first()
      .click();
    await page.getByText("The person is registered.").waitFor();
    await page.context().close();
  });

  it("does nothing to whoever reads it, whatever stands in its fields", async () => {
    const { page, troubles } = await pageFor({}, "/console/people/new");
    const evil = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>{{7*7}}`;
    await page.getByLabel("Name", { exact: true }).fill(evil);
    await page.getByLabel("Position").fill(evil);
    await page.getByLabel("Reference").fill(`${evil}${mark()}`);
    await page.getByLabel("Street or box").fill(evil);
    await page.getByLabel("Postal code").fill("111 11");
    await page.getByLabel("Town").fill(evil);
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await page.getByText("The person is registered.").waitFor();
    await page.getByRole("button", { name: "Keep from erasure" }).click();
    await page.getByLabel("Decision, case or contract").fill(evil);
    await page.getByRole("dialog").getByLabel("Address", { exact: true }).check();
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await page.getByText("The data is kept from erasure.").waitFor();
    await page.getByRole("button", { name: "Show the details" }).click();
    await page.getByText(evil).first().waitFor();
    expect(await page.locator("main img, main script").count()).toBe(0);
    expect(await page.title()).not.toBe("owned");
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
