import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { settled } from "./browser.ts";

/** Would run in a page that takes text for markup; the gateway takes it for a name. */
export const payload = `"><img src=x onerror="window.ran=1"><svg/onload=window.ran=1><script>window.ran=1</script> [a](javascript:window.ran=1) \${ran} {{7*7}} <b>fet</b>`;

/** The page shows the payload, if at all, as text: nothing of it ran or became an element or a link. */
export async function unharmed(page: Page): Promise<void> {
  await settled(page);
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
  expect(
    await page
      .locator("main img, main b, main script, dialog img, dialog b, svg[onload], [onerror], a[href^='javascript']")
      .count(),
  ).toBe(0);
}

/** That the payload stands there to be read. */
export async function told(within: Page | Locator): Promise<void> {
  await within.getByText("<img src=x", { exact: false }).first().waitFor();
}

/** Types the payload into every input that takes any text. */
export async function fillAll(within: Locator): Promise<number> {
  const inputs = within.locator(
    "input.input:not([type=date], [type=datetime-local], [type=number]):visible, textarea.input:visible",
  );
  await inputs.first().waitFor();
  const all = await inputs.all();
  for (const input of all) await input.fill(payload);
  return all.length;
}
