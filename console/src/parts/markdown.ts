/** A piece of a line. */
export type Span =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "break" }
  | { readonly is: "code"; readonly text: string }
  | { readonly is: "strong" | "emphasis"; readonly spans: readonly Span[] };

/** A block of a text. */
export type Block =
  | { readonly is: "heading"; readonly level: number; readonly spans: readonly Span[] }
  | { readonly is: "paragraph"; readonly spans: readonly Span[] }
  | { readonly is: "list"; readonly ordered: boolean; readonly items: readonly (readonly Span[])[] }
  | {
      readonly is: "table";
      readonly head: readonly (readonly Span[])[];
      readonly rows: readonly (readonly (readonly Span[])[])[];
    }
  | { readonly is: "rule" };

/** Reads the Markdown of the gateway's documents. HTML is text like any other; links are shown as they are written. */
export function parseMarkdown(source: string): readonly Block[] {
  const lines = source.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at += 1;
      continue;
    }
    const [block, next] = blockAt(lines, at);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

const item = /^\s*(?:([-*+])|(\d+)[.)])\s+(.*)$/;
const heading = /^(#{1,6})\s+(.*?)\s*#*$/;
const ruleLine = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/;

function blockAt(lines: readonly string[], at: number): [Block, number] {
  const line = lines[at] ?? "";
  const found = line.match(heading);
  if (found) return [{ is: "heading", level: found[1]?.length ?? 1, spans: spansOf(found[2] ?? "") }, at + 1];
  if (ruleLine.test(line)) return [{ is: "rule" }, at + 1];
  if (line.startsWith("|") && /^\|[\s:|-]+$/.test(lines[at + 1] ?? "")) return tableAt(lines, at);
  if (item.test(line)) return listAt(lines, at);
  let end = at + 1;
  while (end < lines.length && !endsParagraph(lines[end] ?? "")) end += 1;
  return [{ is: "paragraph", spans: spansOf(lines.slice(at, end).join("\n")) }, end];
}

function endsParagraph(line: string): boolean {
  return (
    line.trim() === "" || heading.test(line) || line.startsWith("|") || /^\s*[-*+]\s/.test(line) || ruleLine.test(line)
  );
}

function listAt(lines: readonly string[], at: number): [Block, number] {
  const ordered = lines[at]?.match(item)?.[2] !== undefined;
  const items: string[] = [];
  let next = at;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? "";
    const found = line.match(item);
    if (found) items.push(found[3] ?? "");
    else if (line.trim() !== "" && /^\s/.test(line) && items.length > 0) items[items.length - 1] += `\n${line.trim()}`;
    else break;
  }
  return [{ is: "list", ordered, items: items.map(spansOf) }, next];
}

function tableAt(lines: readonly string[], at: number): [Block, number] {
  let end = at + 2;
  while (end < lines.length && lines[end]?.startsWith("|")) end += 1;
  const rows = lines.slice(at + 2, end).map(cellsOf);
  return [{ is: "table", head: cellsOf(lines[at] ?? ""), rows }, end];
}

function cellsOf(line: string): (readonly Span[])[] {
  const inner = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => spansOf(cell.trim()));
}

const mark = /\\\n|<br\s*\/?>|\\([!-/:-@[-`{-~])|`([^`]+)`|\*\*(.+?)\*\*|\*([^\s*](?:[^*]*[^\s*])?)\*/s;

/** Reads what stands within a line: breaks, escapes, emphasis, code. */
export function spansOf(text: string): readonly Span[] {
  const spans: Span[] = [];
  const say = (words: string) => {
    const last = spans.at(-1);
    if (words === "") return;
    if (last?.is === "text") spans[spans.length - 1] = { is: "text", text: last.text + words };
    else spans.push({ is: "text", text: words });
  };
  let rest = text;
  for (let found = rest.match(mark); found; found = rest.match(mark)) {
    say(rest.slice(0, found.index));
    const [whole, escaped, code, strong, emphasis] = found;
    if (escaped !== undefined) say(escaped);
    else if (code !== undefined) spans.push({ is: "code", text: code });
    else if (strong !== undefined) spans.push({ is: "strong", spans: spansOf(strong) });
    else if (emphasis !== undefined) spans.push({ is: "emphasis", spans: spansOf(emphasis) });
    else spans.push({ is: "break" });
    rest = rest.slice((found.index ?? 0) + whole.length);
  }
  say(rest);
  return spans;
}
