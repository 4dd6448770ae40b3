import { afterAll, describe, expect, it } from "vitest";
import { axe, close, contextFor, pageFor, settled, shoot, signIn, tenants, watch } from "./browser.ts";

afterAll(close);

const signInAgain = "Please sign in again";

describe("when the session is over", () => {
  it("what was typed stays, and goes on after signing in again", async () => {
    const { page, troubles } = await pageFor({}, "/console/requests?state=overdue");
    await page.locator(".table th a").first().click();
    await page.getByRole("button", { name: "Refuse" }).click();
    const dialog = page.getByRole("dialog").first();
    await dialog.getByLabel("Ground").selectOption("EXCESSIVE");
    await dialog.getByLabel(/^The reasons/).fill("Typed before the session ended.");
    await page.context().clearCookies();
    // Whoever lacks reasons is told so by the gateway itself: the answer comes only after signing in again.
    await dialog.getByRole("button", { name: "Refuse" }).click();
    await page.getByText(signInAgain).waitFor();
    await shoot(page, "session-over-light");
    expect(await axe(page)).toEqual([]);
    expect(await dialog.getByLabel(/^The reasons/).inputValue()).toBe("Typed before the session ended.");
    const again = page.getByRole("dialog", { name: signInAgain });
    await again.locator("section.sign-in-tenant", { hasText: tenants.served }).getByRole("button").first().click();
    await again.waitFor({ state: "detached" });
    await page.getByText("The request is refused").waitFor();
    expect(troubles).toEqual([]);
  });

  it("somebody else who signs in sees nothing of it", async () => {
    const { page } = await pageFor({}, "/console/requests/new");
    await page.getByLabel("Find the person").fill("secret words");
    await page.context().clearCookies();
    await page.getByRole("button", { name: "Search" }).click();
    const again = page.getByRole("dialog", { name: signInAgain });
    await again.locator("section.sign-in-tenant", { hasText: tenants.unsigned }).getByRole("button").first().click();
    await page.getByRole("heading", { name: "Today", level: 1 }).waitFor();
    expect(await page.content()).not.toContain("secret words");
  });
});

describe("two tabs", () => {
  it("sign out together", async () => {
    const context = await contextFor({});
    const first = await context.newPage();
    await signIn(first, {});
    const second = await context.newPage();
    await second.goto("/console/requests");
    await second.getByRole("heading", { name: "Requests", level: 1 }).waitFor();
    await first.getByRole("button", { name: "Sign out" }).click();
    await first.getByRole("heading", { name: "Sign in" }).waitFor();
    await second.getByText(signInAgain).waitFor();
  });

  it("see the same request change", async () => {
    const context = await contextFor({});
    const first = await context.newPage();
    await signIn(first, {}, "/console/requests?kind=ERASURE");
    await first.locator(".table th a").first().click();
    await first.locator(".request").waitFor();
    const second = await context.newPage();
    await second.goto(new URL(first.url()).pathname);
    await second.locator(".request").waitFor();
    await settled(second);
    await first.getByRole("button", { name: "Confirm identity" }).click();
    await first.getByRole("dialog").getByRole("button", { name: "Confirm identity" }).click();
    await second.getByRole("heading", { name: "Decide" }).waitFor({ timeout: 15_000 });
  });
});

describe("when the network fails", () => {
  it("the page says so, and reads on when it is back", async () => {
    const { page } = await pageFor({});
    await page.context().setOffline(true);
    await page.getByRole("navigation").first().getByRole("link", { name: "Requests" }).click();
    await page.getByText("No contact with the service").waitFor();
    await shoot(page, "offline-light");
    expect(await axe(page)).toEqual([]);
    await page.context().setOffline(false);
    await page.locator(".table th a").first().waitFor();
  });

  it("a form keeps what was typed and can be sent again", async () => {
    const { page } = await pageFor({}, "/console/requests/new");
    await page.getByLabel("Find the person").fill("Fiktiv");
    await page.getByRole("button", { name: "Search" }).click();
    await settled(page);
    await page.context().setOffline(true);
    await page.getByLabel("Find the person").fill("Provdotter");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByText("No contact with the service").waitFor();
    await page.context().setOffline(false);
    await page.locator(".found button").first().waitFor();
    expect(await page.getByLabel("Find the person").inputValue()).toBe("Provdotter");
  });
});

describe("the browser", () => {
  it("keeps nothing but the choice of language and colours, and nothing of a person in its address", async () => {
    const { page } = await pageFor({}, "/console/requests/new");
    await page.getByLabel("Language").selectOption("sv");
    await page.getByLabel("Färger").selectOption("dark");
    await page.getByLabel("Sök person").fill("Provdotter");
    await page.getByRole("button", { name: "Sök" }).click();
    await page.locator(".found button").first().click();
    await page.getByRole("button", { name: "Registrera" }).waitFor();
    const kept = await page.evaluate(() => ({ local: { ...localStorage }, session: { ...sessionStorage } }));
    expect(kept).toEqual({ local: { "console.language": "sv", "console.theme": "dark" }, session: {} });
    expect(page.url()).not.toContain("Prov");
    await page.reload();
    await page.getByRole("heading", { name: "Registrera en begäran" }).waitFor();
  });

  it("asks no other address than the gateway's", async () => {
    const page = await (await contextFor({})).newPage();
    watch(page);
    const hosts = new Set<string>();
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    await signIn(page, {}, "/console/agreement");
    await settled(page);
    expect([...hosts]).toEqual([new URL(page.url()).host]);
  });
});
