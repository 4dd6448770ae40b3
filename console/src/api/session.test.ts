import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Session, type SignedIn, type SignedOut, signInAddress } from "./session.ts";

const officer: SignedIn = {
  state: "signedIn",
  csrf: "one",
  tenantId: "tenant_a",
  actor: "officer",
  scopes: ["rights:read"],
  expiresAt: "2026-11-23T13:00:00Z",
  idleSeconds: 900,
  absoluteAt: "2026-11-23T20:00:00Z",
};
const out: SignedOut = { state: "signedOut", signIn: "oidc" };

const assign = vi.fn();
let answers: (SignedIn | SignedOut | Error)[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-23T12:00:00Z"), toFake: ["Date", "performance"] });
  vi.stubGlobal("location", { assign });
  vi.stubGlobal("fetch", async () => {
    const answer = answers.shift();
    if (!answer || answer instanceof Error) throw answer ?? new Error("nothing more was expected");
    return Response.json(answer);
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  assign.mockReset();
});

async function signedIn(): Promise<Session> {
  answers = [officer];
  const session = new Session(() => "en");
  await session.refresh();
  return session;
}

describe("a session", () => {
  it("that cannot be asked for is unreachable, and no more when it is there", async () => {
    answers = [new Error("cut off"), out];
    const session = new Session(() => "en");
    await session.refresh();
    expect(session.state.state).toBe("unreachable");
    await session.refresh();
    expect(session.state.state).toBe("signedOut");
  });

  it("stays as it is while the network is away", async () => {
    const session = await signedIn();
    answers = [new Error("cut off")];
    await session.refresh();
    expect(session.state).toMatchObject({ state: "signedIn", over: null });
  });

  it("that is over keeps the page, and lets what waits go on after signing in again", async () => {
    const session = await signedIn();
    answers = [out, { ...officer, csrf: "two" }];
    let waited = true;
    const renewed = session.renewed().then(() => {
      waited = false;
    });
    await vi.waitFor(() => expect(session.state).toMatchObject({ state: "signedIn", over: out }));
    expect(waited).toBe(true);
    await session.refresh();
    await renewed;
    expect(session.csrf).toBe("two");
    expect(assign).not.toHaveBeenCalled();
  });

  it.each([
    { actor: "somebody else" },
    { tenantId: "tenant_b" },
  ])("of $actor$tenantId gets a page of its own", async (other) => {
    const session = await signedIn();
    answers = [{ ...officer, ...other }];
    await session.refresh();
    expect(assign).toHaveBeenCalledWith("/console/");
    expect(session.state).toMatchObject({ actor: "officer" });
  });

  it("ends when it is not used, and at its last hour in any case", async () => {
    const session = await signedIn();
    vi.advanceTimersByTime(800_000);
    expect(Math.round(session.secondsLeft())).toBe(100);
    session.heard();
    expect(Math.round(session.secondsLeft())).toBe(900);
    vi.setSystemTime(new Date("2026-11-23T19:59:00Z"));
    expect(session.secondsLeft()).toBeLessThanOrEqual(60);
  });
});

describe("the way to sign in", () => {
  it("comes back to where somebody was", () => {
    expect(signInAddress("/console/requests?state=all")).toBe(
      "/console/sign-in?return=%2Fconsole%2Frequests%3Fstate%3Dall",
    );
  });
});
