import { useCallback, useState } from "preact/hooks";

/** The cursors that were passed on the way through a list. `start` again when the filter changes. */
export function useCursors(): {
  readonly after: string | null;
  readonly behind: number;
  readonly next: (cursor: string | null | undefined) => void;
  readonly back: () => void;
  readonly start: () => void;
} {
  const [passed, setPassed] = useState<readonly string[]>([]);
  const next = useCallback((cursor: string | null | undefined) => {
    if (cursor) setPassed((before) => [...before, cursor]);
  }, []);
  const back = useCallback(() => setPassed((before) => before.slice(0, -1)), []);
  const start = useCallback(() => setPassed([]), []);
  return { after: passed.at(-1) ?? null, behind: passed.length, next, back, start };
}
