import "./markdown.css";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { type Block, parseMarkdown, type Span } from "./markdown.ts";

interface MarkdownProps {
  readonly source: string;
  /** The level of the document's highest heading within the page. */
  readonly level: number;
  /** The language of the text, where it may be another than the page's. */
  readonly lang: string;
}

/** A document of the gateway, drawn from its Markdown element by element: no HTML passes. */
export function Markdown({ source, level, lang }: MarkdownProps) {
  const blocks = useMemo(() => parseMarkdown(source), [source]);
  return (
    <div class="markdown" lang={lang}>
      {blocks.map((block, index) => drawn(block, index, level))}
    </div>
  );
}

function drawn(block: Block, key: number, level: number): ComponentChildren {
  switch (block.is) {
    case "heading": {
      const Heading = `h${Math.min(6, level + block.level - 1)}` as "h3";
      return <Heading key={key}>{spans(block.spans)}</Heading>;
    }
    case "paragraph":
      return <p key={key}>{spans(block.spans)}</p>;
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List key={key}>
          {block.items.map((item, index) => (
            <li key={String(index)}>{spans(item)}</li>
          ))}
        </List>
      );
    }
    case "table":
      return (
        <table key={key} class="table">
          {block.head.some((cell) => cell.length > 0) ? (
            <thead>
              <tr>
                {block.head.map((cell, index) =>
                  cell.length > 0 ? (
                    <th key={String(index)} scope="col">
                      {spans(cell)}
                    </th>
                  ) : (
                    <td key={String(index)} />
                  ),
                )}
              </tr>
            </thead>
          ) : null}
          <tbody>
            {block.rows.map((row, index) => (
              <tr key={String(index)}>
                {row.map((cell, column) => (
                  <td key={String(column)} data-label={plain(block.head[column] ?? [])}>
                    <span>{spans(cell)}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case "rule":
      return <hr key={key} />;
  }
}

function spans(list: readonly Span[]): ComponentChildren {
  return list.map((span, index) => {
    const key = String(index);
    switch (span.is) {
      case "text":
        return span.text;
      case "break":
        return <br key={key} />;
      case "code":
        return <code key={key}>{span.text}</code>;
      case "strong":
        return <strong key={key}>{spans(span.spans)}</strong>;
      default:
        return <em key={key}>{spans(span.spans)}</em>;
    }
  });
}

function plain(list: readonly Span[]): string {
  return list.map((span) => ("text" in span ? span.text : "spans" in span ? plain(span.spans) : " ")).join("");
}
