/** One thing somebody can sign in as where the gateway runs as a demo. */
export interface DemoRole {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly description: string;
}

export interface SignedOut {
  readonly state: "signedOut";
  readonly signIn: "oidc" | "demo" | "none";
  readonly roles?: readonly DemoRole[];
}

export interface SignedIn {
  readonly state: "signedIn";
  readonly csrf: string;
  readonly tenantId: string;
  readonly actor: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string;
  /** After so many seconds without a call the session is over. */
  readonly idleSeconds: number;
  /** When it is over however much it is used. */
  readonly absoluteAt: string;
}

/** `over`: the session has ended while a page is shown; what was typed stays below the dialog. */
export type SessionState =
  | { readonly state: "loading" }
  | { readonly state: "unreachable" }
  | SignedOut
  | (SignedIn & { readonly over: SignedOut | null });

const address = "/console/session";
const channelName = "console-session";

/** What tabs of one browser tell each other: that the cookie is another, or that the session was used. */
type Told = "changed" | "used";

/** How often a use is told to other tabs, in milliseconds. */
const tellEvery = 5000;

async function ask(language: string, init?: RequestInit): Promise<SignedOut | SignedIn> {
  const headers = { ...init?.headers, "accept-language": language };
  const response = await fetch(address, { credentials: "same-origin", cache: "no-store", ...init, headers });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as SignedOut | SignedIn;
}

/** Where to send the browser so that somebody signs in and comes back. */
export function signInAddress(returnTo: string): string {
  return `/console/sign-in?return=${encodeURIComponent(returnTo)}`;
}

/** The session as this tab knows it. The token of the session stays on the server; here is what a page may know. */
export class Session {
  #state: SessionState = { state: "loading" };
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Set<() => void>();
  readonly #channel = new BroadcastChannel(channelName);
  readonly #language: () => string;
  /** When the server last heard of us, in milliseconds of the page's own clock. */
  #lastCall = performance.now();
  #lastTold = 0;

  constructor(language: () => string) {
    this.#language = language;
    this.#channel.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data === "used") this.#lastCall = performance.now();
      else void this.refresh();
    };
  }

  get state(): SessionState {
    return this.#state;
  }

  get csrf(): string {
    return this.#state.state === "signedIn" ? this.#state.csrf : "";
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks the server how the session stands; keeps an idle one alive. */
  async refresh(): Promise<void> {
    try {
      this.#take(await ask(this.#language()));
    } catch {
      if (this.#state.state !== "signedIn") this.#set({ state: "unreachable" });
    }
  }

  async signInAs(role: string): Promise<void> {
    this.#take(
      await ask(this.#language(), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ role }),
      }),
    );
    this.announce();
  }

  /** Signs out here, and at the provider where it has an address for that. */
  async signOut(): Promise<void> {
    let next = "/console/";
    try {
      const init = { method: "DELETE", credentials: "same-origin", headers: { "x-csrf-token": this.csrf } } as const;
      const response = await fetch(address, init);
      if (response.status === 200) next = ((await response.json()) as { endSession: string }).endSession;
    } finally {
      this.announce();
      // A new page: nothing that was read stays in memory.
      location.assign(next);
    }
  }

  /** Tells other tabs that somebody has signed in or out. */
  announce(): void {
    this.#channel.postMessage("changed" satisfies Told);
  }

  /** The server has answered a call: the idle time begins anew. */
  heard(): void {
    this.#lastCall = performance.now();
    if (this.#lastCall - this.#lastTold < tellEvery) return;
    this.#lastTold = this.#lastCall;
    this.#channel.postMessage("used" satisfies Told);
  }

  /** Seconds until the session is over if nothing is done. */
  secondsLeft(): number {
    const state = this.#state;
    if (state.state !== "signedIn") return Number.POSITIVE_INFINITY;
    const idle = state.idleSeconds - (performance.now() - this.#lastCall) / 1000;
    return Math.min(idle, (Date.parse(state.absoluteAt) - Date.now()) / 1000);
  }

  /** Resolves when somebody is signed in again: a call was answered with 401. */
  async renewed(): Promise<void> {
    const again = new Promise<void>((resolve) => this.#waiting.add(resolve));
    await this.refresh();
    return again;
  }

  #take(answer: SignedOut | SignedIn): void {
    const before = this.#state;
    this.heard();
    if (answer.state === "signedIn") {
      if (before.state === "signedIn" && (before.tenantId !== answer.tenantId || before.actor !== answer.actor)) {
        // Somebody else: what is shown is not theirs to see.
        location.assign("/console/");
        return;
      }
      this.#set({ ...answer, over: null });
      for (const resolve of this.#waiting) resolve();
      this.#waiting.clear();
    } else if (before.state === "signedIn") {
      this.#set({ ...before, over: answer });
    } else {
      this.#set(answer);
    }
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
