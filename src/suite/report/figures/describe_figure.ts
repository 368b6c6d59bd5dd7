import type { Figure, TablePanel } from "../../figure.ts";
import { plainText } from "./math_text.ts";

/**
 * What a figure says to those who do not see it: its caption, and its tables as text.
 *
 * @param figure The figure.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const table = { kind: "table", columns: ["network", "error\n(%)"], rows: [["a", "3"], ["b", "4"]] } as const;
 * const text = describeFigure({ id: "f", title: "t", caption: "2^{J} = 8.", panels: [table] });
 * assertEquals(text, "2ᴶ = 8. a: error (%) 3. b: error (%) 4.");
 * ```
 */
export function describeFigure({ caption, panels }: Figure): string {
  const tables = panels.filter((panel) => panel.kind === "table");
  return plainText([caption, ...tables.flatMap(tableSentences)].join(" "));
}

function tableSentences({ columns, rows }: TablePanel): string[] {
  const heads = columns.map((head) => head.replaceAll("\n", " "));
  return rows.map(([name, ...texts]) => {
    const said = texts.flatMap((text, i) => text === "" ? [] : [`${heads[i + 1]!} ${text}`]);
    return `${name!}: ${said.join(", ")}.`;
  });
}
