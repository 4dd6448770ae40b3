import { describe, expect, it } from "vitest";
import { barOf, scaleOf } from "./scale.ts";

const now = new Date("2026-11-20T00:00:00Z");
const span = { receivedAt: "2026-11-10T00:00:00Z", dueAt: "2026-11-30T00:00:00Z" };

describe("the time line", () => {
  it("reaches from the first receipt to the last deadline, with now within", () => {
    const scale = scaleOf([span], now);
    expect(scale.now).toBe(50);
    expect(barOf(scale, span.receivedAt, span.dueAt)).toEqual({ left: 0, width: 100, gone: 50 });
  });
  it("shows a late request as wholly gone", () => {
    const late = { receivedAt: "2026-10-01T00:00:00Z", dueAt: "2026-11-01T00:00:00Z" };
    expect(barOf(scaleOf([late, span], now), late.receivedAt, late.dueAt).gone).toBe(100);
  });
  it("stands when there is nothing on it", () => {
    expect(scaleOf([], now).now).toBe(0);
  });
});
