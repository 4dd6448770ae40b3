import { useCallback, useRef } from "preact/hooks";

/** An idempotency key: the same for as long as the same is sent, so that what is sent anew is done once. */
export function useIdempotencyKey(): (input: object) => string {
  const last = useRef({ sent: "", key: "" });
  return useCallback((input) => {
    const sent = JSON.stringify(input);
    if (last.current.sent !== sent) last.current = { sent, key: crypto.randomUUID() };
    return last.current.key;
  }, []);
}
