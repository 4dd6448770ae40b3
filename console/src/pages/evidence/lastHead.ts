/** The head of a log as it was last seen in this tab: public figures, no personal data. */
export interface SeenHead {
  readonly note: string;
  readonly verifierKey: string;
}

const nameOf = (origin: string) => `console.head.${origin}`;

/** The head of that log that this tab saw last. */
export function lastHead(origin: string): SeenHead | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(nameOf(origin)) ?? "null");
    const { note, verifierKey } = (kept ?? {}) as Partial<SeenHead>;
    return typeof note === "string" && typeof verifierKey === "string" ? { note, verifierKey } : null;
  } catch {
    return null; // A browser that keeps nothing, or not what was written.
  }
}

/** Keeps the head, for as long as the tab is open. */
export function keepHead(origin: string, head: SeenHead): void {
  try {
    sessionStorage.setItem(nameOf(origin), JSON.stringify(head));
  } catch {
    // As above: the next head is then the first that is seen.
  }
}
