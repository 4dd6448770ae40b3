import { describe, expect, it } from "vitest";
import { parseMarkdown, spansOf } from "./markdown.ts";

describe("a document of the gateway", () => {
  it("is read block by block", () => {
    const blocks = parseMarkdown(
      "# Title\n\nOne\\\nTwo\n\n- a\n- b\n\n1. x\n2. y\n\n| A | B |\n| --- | --- |\n| 1 | 2<br>3 |\n\n---\n",
    );
    expect(blocks.map((block) => block.is)).toEqual(["heading", "paragraph", "list", "list", "table", "rule"]);
    expect(blocks[1]).toEqual({
      is: "paragraph",
      spans: [{ is: "text", text: "One" }, { is: "break" }, { is: "text", text: "Two" }],
    });
    expect(blocks[3]).toMatchObject({ ordered: true, items: [[{ text: "x" }], [{ text: "y" }]] });
    expect(blocks[4]).toMatchObject({ rows: [[[{ text: "1" }], [{ text: "2" }, { is: "break" }, { text: "3" }]]] });
  });
  it("keeps a paragraph that runs over lines together", () => {
    expect(parseMarkdown("1.1 En text\nsom går vidare\n2. och mer").map((block) => block.is)).toEqual(["paragraph"]);
  });
  it("ends for every text", () => {
    for (const text of ["", "|", "| a", "-", "# ", "**", "*", "`", "\\", "|a|\n|-|", "1.", "\n\n\n", "<br>"]) {
      expect(parseMarkdown(text)).toBeDefined();
    }
  });
});

describe("within a line", () => {
  it.each([
    ["\\+46846500450", [{ is: "text", text: "+46846500450" }]],
    [
      "a **b** c",
      [
        { is: "text", text: "a " },
        { is: "strong", spans: [{ is: "text", text: "b" }] },
        { is: "text", text: " c" },
      ],
    ],
    [
      "(*biträdet*)",
      [
        { is: "text", text: "(" },
        { is: "emphasis", spans: [{ is: "text", text: "biträdet" }] },
        { is: "text", text: ")" },
      ],
    ],
    ["2 * 3 * 4", [{ is: "text", text: "2 * 3 * 4" }]],
    ["\\*not\\*", [{ is: "text", text: "*not*" }]],
    ["`x<y`", [{ is: "code", text: "x<y" }]],
  ])("%s", (text, spans) => {
    expect(spansOf(text)).toEqual(spans);
  });
  it("takes HTML and links as text", () => {
    const text = '<img src=x onerror="alert(1)"> [a](javascript:alert(1))';
    expect(spansOf(text)).toEqual([{ is: "text", text }]);
  });
});
