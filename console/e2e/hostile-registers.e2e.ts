import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { close, pageFor, settled, tenants } from "./browser.ts";
import { fillAll, payload, told, unharmed } from "./markup.ts";

afterAll(close);

const dialog = (page: Page) => page.getByRole("dialog");
const pressed = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();

/** Every form of the registers: how it is opened, and how many inputs of any text it has at least. */
const forms: readonly {
  name: string;
  path: string;
  tenant?: string;
  open?: readonly string[];
  inputs: number;
  submit: string;
}[] = [
  { name: "a person", path: "people/new", inputs: 10, submit: "Register" },
  { name: "a search for people", path: "people", inputs: 1, submit: "Search" },
  { name: "a search for whom a request is about", path: "requests/new", inputs: 1, submit: "Search" },
  { name: "a system", path: "systems", open: ["Register a system"], inputs: 2, submit: "Register" },
  {
    name: "a rule of retention",
    path: "retention",
    open: ["Change the rule for position"],
    inputs: 1,
    submit: "Set the rule",
  },
  { name: "the filters of the log", path: "evidence", inputs: 2, submit: "Search" },
  { name: "an end of the agreement", path: "agreement", open: ["End the agreement"], inputs: 1, submit: "End it" },
];

describe("text that would be markup, in every input of", () => {
  it.each(forms)("$name", async ({ path, tenant, open, inputs, submit }) => {
    const { page, troubles } = await pageFor(tenant ? { tenant } : {}, `/console/${path}`);
    for (const name of open ?? []) await pressed(page, name);
    const scope = open ? dialog(page) : page.locator("main");
    expect(await fillAll(scope)).toBeGreaterThanOrEqual(inputs);
    await scope.getByRole("button", { name: submit, exact: true }).first().click();
    await unharmed(page);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

describe("text that would be markup stays text", () => {
  it("in all that is held of a person, and in who is found", async () => {
    const { page, troubles } = await pageFor({}, "/console/people/new");
    for (const label of ["Position", "Reference", "Login name", "Street or box", "Town"]) {
      await page.getByLabel(label).first().fill(`${payload} ${label}`);
    }
    await page.getByLabel("Name", { exact: true }).fill(payload);
    await page.getByLabel("Postal code").fill("111 11");
    await page.getByLabel("E-mail").fill('"<b>fet</b>"@example.com');
    await page.getByLabel("Telephone").fill(payload);
    await pressed(page, /^Register$/);
    // What has a form of its own is refused by name; the rest is taken as it is.
    await page.locator(".field-error").first().waitFor();
    await unharmed(page);
    await page.getByLabel("Telephone").fill("");
    if (await page.getByLabel("E-mail").getAttribute("aria-invalid")) await page.getByLabel("E-mail").fill("");
    await pressed(page, /^Register$/);
    await page.getByText("The person is registered.").waitFor();
    await told(page.locator("h1"));
    await pressed(page, "Show the details");
    await told(page.locator(".shown"));
    await unharmed(page);
    await pressed(page, "Edit details");
    await dialog(page).getByLabel("Position").waitFor();
    await unharmed(page);
    // A change of a person, in every input: refused for what has a form, and kept to be mended.
    await fillAll(dialog(page));
    await dialog(page).getByRole("button", { name: "Save" }).click();
    await dialog(page).locator(".field-error").first().waitFor();
    await unharmed(page);
    await page.goto("/console/people");
    await page.getByLabel("Find a person").fill("fet");
    await page.getByLabel("Search by").selectOption("nameWords");
    await pressed(page, "Search");
    await pressed(page, "Show names");
    await told(page.locator(".table"));
    await unharmed(page);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("in a consent, a hold, a record, and the confirmation by typing of one", async () => {
    const { page, troubles } = await pageFor({}, "/console/people/new");
    await page.getByLabel("Name", { exact: true }).fill("Provnamn");
    await pressed(page, /^Register$/);
    await page.getByText("The person is registered.").waitFor();
    await pressed(page, "Record a consent");
    await fillAll(dialog(page));
    await dialog(page).getByRole("button", { name: "Record", exact: true }).click();
    await page.getByText("The consent is recorded.").waitFor();
    await pressed(page, "Keep from erasure");
    await fillAll(dialog(page));
    await dialog(page).getByLabel("Name", { exact: true }).check();
    await dialog(page).getByRole("button", { name: "Keep", exact: true }).click();
    await page.getByText("The data is kept from erasure.").waitFor();
    await pressed(page, "Release");
    await told(dialog(page));
    await unharmed(page);
    await page.keyboard.press("Escape");
    await pressed(page, "Add a record");
    await fillAll(dialog(page));
    await dialog(page).getByLabel("Date", { exact: true }).fill("2025-03-04");
    await dialog(page).getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("The record is added.").waitFor();
    await pressed(page, "Show records");
    await told(page.locator(".table", { hasText: "2032" }));
    await unharmed(page);
    expect(await page.getByText("<img src=x").count()).toBeGreaterThan(3);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("in a corrected address and in the grounds of an objection", async () => {
    const { page, troubles } = await pageFor({}, "/console/requests/new");
    const begin = async (right: string) => {
      await page.goto("/console/requests/new");
      await page.getByLabel("Find the person").fill("Gunilla");
      await pressed(page, "Search");
      await page.locator(".found button").first().click();
      await page.locator(".kind", { hasText: right }).first().click();
    };
    await begin("Rectification");
    await page.getByLabel("Value").selectOption("ADDRESS");
    await page.getByLabel("Address, one to three lines").fill(payload);
    await page.getByLabel("Postal code").fill("111 11");
    await page.getByLabel("Town").fill(payload);
    await pressed(page, /^Register$/);
    await pressed(page, "Show the corrections");
    await told(page.locator("main"));
    await unharmed(page);
    await begin("Objection");
    await page.getByLabel("Processing for").selectOption("SERVICE_DELIVERY");
    await page.getByLabel(/^Grounds that relate/).fill(payload);
    await pressed(page, /^Register$/);
    await page.getByRole("button", { name: "Confirm identity" }).waitFor();
    await pressed(page, "Read the letter");
    await page.locator("article.paper").waitFor();
    await unharmed(page);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("in a system's name, its tasks, and what was done there by hand", async () => {
    const { page, troubles } = await pageFor({}, "/console/systems");
    await pressed(page, "Register a system");
    await dialog(page).getByLabel("Reached by").selectOption("MANUAL");
    await dialog(page).getByLabel("Name", { exact: true }).first().fill(payload);
    await dialog(page).getByLabel("Page").fill("https://archive.example.com/%22%3E%3Cimg%20src=x%3E?<b>");
    for (const box of await dialog(page).getByRole("group", { name: "Holds" }).getByRole("checkbox").all())
      await box.check();
    await dialog(page).getByRole("button", { name: "Register", exact: true }).click();
    await page.getByText("The system is registered.").waitFor();
    await told(page.locator("main"));
    await unharmed(page);
    await page.getByRole("button", { name: /^Remove ">/ }).click();
    await told(dialog(page));
    await unharmed(page);
    await page.keyboard.press("Escape");

    await page.goto("/console/requests/new");
    await page.getByLabel("Find the person").fill("Gunilla");
    await pressed(page, "Search");
    await page.locator(".found button").first().click();
    await pressed(page, /^Register$/);
    await pressed(page, "Confirm identity");
    await dialog(page).getByRole("button", { name: "Confirm identity" }).click();
    await dialog(page).waitFor({ state: "detached" });
    await pressed(page, "Approve");
    await dialog(page).getByRole("button", { name: "Approve" }).click();
    const mine = page
      .locator("li, div")
      .filter({ hasText: "<img src=x" })
      .getByRole("button", { name: "Mark as done" });
    await mine.first().click();
    await told(dialog(page));
    await fillAll(dialog(page));
    await dialog(page).getByRole("button", { name: "Mark as done" }).click();
    await page.getByText("The task is marked as done.").waitFor();
    await unharmed(page);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("in where a rule of retention comes from", async () => {
    const { page, troubles } = await pageFor({}, "/console/retention");
    await pressed(page, "Change the rule for position");
    await dialog(page).getByRole("spinbutton").fill("1200");
    await fillAll(dialog(page));
    await pressed(page, "Set the rule");
    await dialog(page).waitFor({ state: "detached" });
    await told(page.locator("main"));
    await unharmed(page);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("in the name and the title below an agreement", async () => {
    const { page, troubles } = await pageFor({ tenant: tenants.unsigned }, "/console/agreement");
    await pressed(page, "Read and sign");
    await page.getByText("The text above has this digest.").waitFor();
    await fillAll(dialog(page));
    await dialog(page).getByRole("checkbox").check();
    await dialog(page).getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText("The agreement is signed.").waitFor();
    await settled(page);
    await told(page.locator("main"));
    await unharmed(page);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
