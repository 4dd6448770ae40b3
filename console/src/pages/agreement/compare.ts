import { type Span, spansOf } from "../../parts/markdown.ts";

/** A run of pieces of two texts: in both, or in one of them alone. */
export interface Run {
  readonly in: "both" | "older" | "newer";
  readonly pieces: readonly string[];
}

/** The longest common subsequence of two lists, as runs. */
export function compare(older: readonly string[], newer: readonly string[]): readonly Run[] {
  const table = lengths(older, newer);
  const runs: { in: Run["in"]; pieces: string[] }[] = [];
  const add = (where: Run["in"], piece: string) => {
    const last = runs.at(-1);
    if (last?.in === where) last.pieces.push(piece);
    else runs.push({ in: where, pieces: [piece] });
  };
  let i = 0;
  let j = 0;
  while (i < older.length || j < newer.length) {
    const a = older[i];
    const b = newer[j];
    if (a !== undefined && a === b) {
      add("both", a);
      i += 1;
      j += 1;
    } else if (b === undefined || (a !== undefined && at(table, i + 1, j) >= at(table, i, j + 1))) {
      add("older", a ?? "");
      i += 1;
    } else {
      add("newer", b);
      j += 1;
    }
  }
  return runs;
}

function lengths(older: readonly string[], newer: readonly string[]): readonly Uint16Array[] {
  const table = Array.from({ length: older.length + 1 }, () => new Uint16Array(newer.length + 1));
  for (let i = older.length - 1; i >= 0; i -= 1) {
    for (let j = newer.length - 1; j >= 0; j -= 1) {
      const row = table[i];
      if (row) {
        row[j] =
          older[i] === newer[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
      }
    }
  }
  return table;
}

function at(table: readonly Uint16Array[], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}

/** A text in paragraphs and rows of tables, each on one line and without marks: where lines break says nothing. */
export function paragraphs(text: string): readonly string[] {
  return text
    .split(/\n\s*\n/)
    .flatMap((block) => (block.trimStart().startsWith("|") ? rowsOf(block) : [block]))
    .map((paragraph) =>
      plainly(
        paragraph
          .replace(/^#+\s+/, "")
          .replace(/\s+/g, " ")
          .trim(),
      ),
    )
    .filter(Boolean);
}

function rowsOf(table: string): readonly string[] {
  return table
    .split("\n")
    .filter((line) => !/^[\s|:-]*$/.test(line))
    .map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim())
        .filter(Boolean)
        .join(" · "),
    );
}

function plainly(paragraph: string): string {
  return spansOf(paragraph).map(wordsIn).join("");
}

function wordsIn(span: Span): string {
  if ("text" in span) return span.text;
  return "spans" in span ? span.spans.map(wordsIn).join("") : " ";
}

/** A paragraph in words, each with the space after it. */
export function words(paragraph: string): readonly string[] {
  return paragraph.match(/\S+\s*/g) ?? [];
}
