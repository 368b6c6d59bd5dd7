import type { SeriesStyle } from "./series_style.ts";

/** What a panel knows of its figure. */
export interface PanelContext {
  /** The width it should take, in px; it grows where its labels need more. */
  readonly width: number;
  /** What the ids in its markup start with: unique in the page. */
  readonly idPrefix: string;
  /** The style of each series of the figure, by name. */
  readonly styles: ReadonlyMap<string, SeriesStyle>;
}

/** The height of a panel's title, with the room below it, in px. */
export const titleHeight = 24;
