import type { Text } from "../../text/sv.ts";

/** What was done, in words; the code itself where there are none yet. */
export function actionWords(text: Text, action: string): string {
  const words: Readonly<Record<string, string>> = text.auditActions;
  return words[action] ?? action;
}
