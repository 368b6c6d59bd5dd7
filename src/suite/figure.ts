/**
 * Figures as data: what a reproduction shows, without how it is painted: that stands in `src/suite/report/figures/`.
 *
 * Titles, captions, labels and names may hold scripts: `2^{J}` is a superscript, `σ_{w}^{2}` a subscript below one. Tokens and names
 * of the rows and columns of a matrix are what they are.
 *
 * @module
 */

/** A figure: panels side by side, with a caption that says what is seen. */
export interface Figure {
  /** Unique in its module and fit for a file name, for example `error-by-n`. */
  readonly id: string;
  /** One line. */
  readonly title: string;
  /** What is seen, where it comes from, what to look at. */
  readonly caption: string;
  /** How many panels stand side by side; all of them by default. */
  readonly columns?: number;
  /** The panels, row by row. */
  readonly panels: readonly Panel[];
}

/** One panel of a figure. */
export type Panel = LinePanel | PointPanel | TilePanel | MatrixPanel | DiscPanel | TokenPanel | TablePanel;

/** An axis. */
export interface Axis {
  /** What it shows, with its unit: `test error (%)`. */
  readonly label: string;
  /** Linear by default. */
  readonly scale?: "linear" | "log";
  /** The values that get a tick; chosen by the renderer where it is absent. */
  readonly ticks?: readonly number[];
  /** From where to where; the data's extent where it is absent. */
  readonly domain?: readonly [number, number];
}

/** Lines through points. */
export interface LinePanel {
  /** Tells the kinds of panel apart. */
  readonly kind: "lines";
  /** Names the panel where a figure has several. */
  readonly title?: string;
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
  /** The lines, in the order of their labels where they end alike. */
  readonly lines: readonly Line[];
  /** Straight lines across the panel. */
  readonly levels?: readonly Level[];
  /** What is allowed, as a shaded band across the panel: from one value of the vertical axis to another. */
  readonly allowed?: readonly [number, number];
}

/** One value across a whole panel: a printed number that belongs to no place on the other axis, or a bound. */
export interface Level {
  /** What it is; where a line or a group has the same name, it has that one's colour and label. */
  readonly name: string;
  /** `published` levels are dashed, those of a bound dotted. */
  readonly source: "published" | "bound";
  /** The axis that it is a value of; `y`, the vertical one, by default. */
  readonly axis?: "x" | "y";
  /** The value. */
  readonly value: number;
}

/** One line. Lines of the same `name` share a colour; the label stands at their end. */
export interface Line {
  /** What the line shows: a method, a layer. */
  readonly name: string;
  /** `measured` points are filled and joined, `published` ones hollow and never joined; a `bound` is a dotted line. */
  readonly source: "measured" | "published" | "bound";
  /** In rising x. A gap is a point with a `null`. */
  readonly points: readonly LinePoint[];
}

/** A point of a line. */
export interface LinePoint {
  /** Where it stands on the x axis. */
  readonly x: number;
  /** `null` where nothing was measured: the line has a gap. */
  readonly y: number | null;
  /** The interval around y: plus and minus one standard error, say. */
  readonly lower?: number;
  /** Its upper end. */
  readonly upper?: number;
}

/** Points in a plane, in groups of a colour each. */
export interface PointPanel {
  /** Tells the kinds of panel apart. */
  readonly kind: "points";
  /** Names the panel where a figure has several. */
  readonly title?: string;
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
  /** The groups. */
  readonly groups: readonly PointGroup[];
  /** Straight lines across the panel. */
  readonly levels?: readonly Level[];
}

/** Points of one kind: a class, say. */
export interface PointGroup {
  /** What the group is. */
  readonly name: string;
  /** Its points. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** A larger mark that stands for the group: its mean, say. */
  readonly centre?: { readonly x: number; readonly y: number };
  /** Where its name stands: beside the centre, or at the right of the panel, the default. */
  readonly nameAt?: "centre" | "right";
}

/** Small images in a grid: atoms, filters. */
export interface TilePanel {
  /** Tells the kinds of panel apart. */
  readonly kind: "tiles";
  /** Names the panel where a figure has several. */
  readonly title?: string;
  /** Tiles in a row. */
  readonly columns: number;
  /** `grey` maps the range to black ... white, `diverging` to two hues around 0, `rgb` takes three channels. */
  readonly colours: "grey" | "diverging" | "rgb";
  /** Over which values the range is taken. */
  readonly range: "tile" | "panel";
  /** The tiles, row by row. */
  readonly tiles: readonly Tile[];
}

/** One small image. */
export interface Tile {
  /** Pixels of a row. */
  readonly width: number;
  /** Rows of pixels. */
  readonly height: number;
  /** (height, width), or (height, width, 3) for `rgb`. */
  readonly values: readonly number[];
  /** A few characters below it. */
  readonly label?: string;
}

/** A matrix as a picture: an attention map. */
export interface MatrixPanel {
  /** Tells the kinds of panel apart. */
  readonly kind: "matrix";
  /** Names the panel where a figure has several. */
  readonly title?: string;
  /** What rows are. */
  readonly rowLabel: string;
  /** What columns are. */
  readonly columnLabel: string;
  /** How many rows. */
  readonly rows: number;
  /** How many columns. */
  readonly columns: number;
  /** (rows, columns). */
  readonly values: readonly number[];
  /** The values of the lightest and the darkest colour. */
  readonly domain: readonly [number, number];
  /** Names of rows and of columns, where they are few enough to read. */
  readonly rowNames?: readonly string[];
  /** Names of the columns, as of the rows. */
  readonly columnNames?: readonly string[];
  /** Columns that are marked (sinks), each with a word. */
  readonly marks?: readonly { readonly column: number; readonly label: string }[];
}

/** Discs of sectors, in a grid: scattering coefficients by scale (radius) and angle. */
export interface DiscPanel {
  /** Tells the kinds of panel apart. */
  readonly kind: "discs";
  /** Names the panel where a figure has several. */
  readonly title?: string;
  /** Discs in a row. */
  readonly columns: number;
  /** The discs, row by row: the sectors of each. */
  readonly discs: readonly (readonly Sector[])[];
}

/** A sector of a ring. Radii in [0, 1], angles in radians from the x axis, counter-clockwise; value in [0, 1]. */
export interface Sector {
  /** The inner radius. */
  readonly inner: number;
  /** The outer radius. */
  readonly outer: number;
  /** Where it begins. */
  readonly from: number;
  /** Where it ends. */
  readonly to: number;
  /** How dark it is. */
  readonly value: number;
}

/** Rows of tokens on coloured ground: principal components of their vectors as red, green and blue. */
export interface TokenPanel {
  /** Tells the kinds of panel apart. */
  readonly kind: "tokens";
  /** Names the panel where a figure has several. */
  readonly title?: string;
  /** The rows: a label, and tokens with the colours of their ground. */
  readonly rows: readonly {
    readonly label: string;
    /** Colours in [0, 1]. */
    readonly tokens: readonly { readonly text: string; readonly rgb: readonly [number, number, number] }[];
  }[];
}

/** A table of texts. */
export interface TablePanel {
  /** Tells the kinds of panel apart. */
  readonly kind: "table";
  /** Names the panel where a figure has several. */
  readonly title?: string;
  /** The heads of the columns; a line break begins a second line. The first column has the names of the rows. */
  readonly columns: readonly string[];
  /** The rows, each with as many texts as there are columns: numbers as they are to be read. */
  readonly rows: readonly (readonly string[])[];
}
