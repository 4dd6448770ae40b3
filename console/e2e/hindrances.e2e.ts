import { afterAll, describe, expect, it } from "vitest";
import { axe, close, pageFor, settled, tenants } from "./browser.ts";

afterAll(close);

describe("without an agreement in force", () => {
  it.each(["people", "people/new", "retention", "evidence", "systems"])("%s says so and leads to it", async (path) => {
    const { page, troubles } = await pageFor({ tenant: tenants.unsigned }, `/console/${path}`);
    if (path === "people/new") {
      await page.getByLabel("Name", { exact: true }).fill("Nobody");
      await page.getByRole("button", { name: "Register", exact: true }).click();
      await page.getByText("No agreement is in force").waitFor();
    } else {
      await page.getByRole("link", { name: "Go to the agreement" }).first().click();
      await page.waitForURL("**/console/agreement");
      await page.goBack();
      await page.getByText("No agreement is in force").first().waitFor();
    }
    expect(await axe(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

describe("without the network", () => {
  it("what was asked for is told to be missing, and comes when it is back", async () => {
    const { page } = await pageFor({ tenant: "Convenio AB" }, "/console/people");
    await page.getByRole("link", { name: "C-1001" }).click();
    await page.getByRole("button", { name: "Show the details" }).waitFor();
    await settled(page);
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Show the details" }).click();
    await page.getByText("No contact with the service").waitFor();
    await page.context().setOffline(false);
    await page.getByText("Ada Exempelsson").waitFor();
    await page.context().close();
  });

  it("what was typed stays, and goes out once when it is sent again", async () => {
    const { page } = await pageFor({}, "/console/people/new");
    const name = `Prov${Math.random()
      .toString(36)
      .replace(/[^a-z]/g, "")
      .slice(0, 8)}`;
    await page.getByLabel("Name", { exact: true }).fill(name);
    // The answer is lost on its way back: the person is registered, and the page does not know.
    let lost = 0;
    await page.route("**/console/graphql", async (route) => {
      const sent = route.request().postData() ?? "";
      if (lost === 0 && sent.includes(name)) {
        lost += 1;
        await route.fetch();
        return route.abort("connectionreset");
      }
      return route.continue();
    });
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await page.getByText("No contact with the service").waitFor();
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe(name);
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await page.getByText("The person is registered.").waitFor();
    await page.goto("/console/people");
    await page.getByLabel("Find a person").fill(name);
    await page.keyboard.press("Enter");
    await page.getByText("1 person", { exact: true }).waitFor();
    await page.context().close();
  });
});

describe("whoever may only read people", () => {
  it("sees what their role may, and no button that it may not use", async () => {
    const { page, troubles } = await pageFor({ role: 1, tenant: "Convenio AB" }, "/console/people");
    expect(await page.getByRole("link", { name: "Register a person" }).count()).toBe(0);
    await page.getByRole("link", { name: "C-1003" }).click();
    await page.getByRole("heading", { name: "Kept from erasure" }).waitFor();
    for (const name of ["Edit details", "Keep from erasure", "Release", "Record a consent"]) {
      expect(await page.getByRole("button", { name }).count(), name).toBe(0);
    }
    for (const name of ["Consents", "Accounting records", "Requests"]) {
      expect(await page.getByRole("heading", { name }).count(), name).toBe(0);
    }
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

describe("a change of language", () => {
  it("keeps the dialog that is open, and what was typed in it", async () => {
    const { page, troubles } = await pageFor({}, "/console/requests?state=overdue");
    await page.locator(".table th a").first().click();
    await page.getByRole("button", { name: "Refuse" }).click();
    await page
      .getByRole("dialog")
      .getByLabel(/^The reasons/)
      .fill("Typed in another language.");
    // Behind a dialog the choice is at rest; another tab, or an extension of the browser, may change it all the same.
    await page
      .locator(".preferences select")
      .first()
      .evaluate((select: HTMLSelectElement) => {
        select.value = "sv";
        select.dispatchEvent(new Event("change", { bubbles: true }));
      });
    await page.getByRole("dialog", { name: "Avslå begäran" }).waitFor();
    await settled(page);
    expect(
      await page
        .getByRole("dialog")
        .getByLabel(/^Skälen/)
        .inputValue(),
    ).toBe("Typed in another language.");
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("keeps a letter that is open, in the language that it was asked for in", async () => {
    const { page } = await pageFor({}, "/console/requests?state=overdue");
    await page.locator(".table th a").first().click();
    await page.getByRole("button", { name: "Read the letter" }).click();
    await page.locator("article.paper [lang=en]").first().waitFor();
    await page.locator(".preferences select").first().selectOption("sv");
    await page.getByRole("heading", { name: "Brev till personen" }).waitFor();
    await settled(page);
    await page.locator("article.paper [lang=en]").first().waitFor();
    await page.context().close();
  });
});
