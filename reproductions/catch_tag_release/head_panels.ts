import type { MatrixPanel, TokenPanel } from "../../src/suite/figure.ts";

/** One head on one window. */
interface SeenHead {
  /** The tokens as text. */
  readonly tokens: readonly string[];
  /** Queries by keys. */
  readonly attention: MatrixPanel["values"];
  /** The first three principal components of each token as a colour. */
  readonly colours: Readonly<Record<"values" | "outputs" | "residual", readonly TokenColour[]>>;
}

type TokenColour = TokenPanel["rows"][number]["tokens"][number]["rgb"];

/**
 * The panels of the paper's Figures 2 and 9: the attention of a head, and the tokens in the colours of their principal components.
 *
 * @param head The head.
 * @param marked The keys that are marked in its attention.
 */
export function headPanels(
  { tokens, attention, colours }: SeenHead,
  marked: readonly number[],
): [MatrixPanel, TokenPanel] {
  const row = (label: string, of: keyof SeenHead["colours"]): TokenPanel["rows"][number] => ({
    label,
    tokens: tokens.map((text, i) => ({ text, rgb: colours[of][i]! })),
  });
  return [
    {
      kind: "matrix",
      title: "Attention",
      rowLabel: "query",
      columnLabel: "key",
      rows: tokens.length,
      columns: tokens.length,
      values: attention,
      domain: [0, 1],
      rowNames: tokens,
      columnNames: tokens,
      marks: marked.map((column) => ({ column, label: tokens[column]! })),
    },
    {
      kind: "tokens",
      title: "Principal components",
      rows: [
        row("values", "values"),
        row("outputs", "outputs"),
        row("residual stream after the last layer", "residual"),
      ],
    },
  ];
}
