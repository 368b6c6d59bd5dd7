/** What became of the faults of one kind. */
export interface Tally {
  /** The reproduction and the fault. */
  readonly name: string;
  /** How often it was tried. */
  tried: number;
  /** After how many of them the next run gave the bits of an undisturbed one. */
  same: number;
  /** After how many of them a run said in one line what is wrong, and used nothing of it. */
  refused: number;
  /** Finished jobs that had to be computed again, those damaged on purpose apart. */
  lost: number;
  /** What should not have been, in words. */
  readonly wrong: string[];
}

/** A tally of nothing yet. */
export function newTally(name: string): Tally {
  return { name, tried: 0, same: 0, refused: 0, lost: 0, wrong: [] };
}

/** The tallies as a table, and what went wrong below it. */
export function tallyTable(tallies: readonly Tally[]): string {
  const lines = [
    "| fault | tried | same bits | refused in a line | finished jobs lost | wrong |",
    "| --- | --- | --- | --- | --- | --- |",
    ...tallies.map(({ name, tried, same, refused, lost, wrong }) =>
      `| ${name} | ${tried} | ${same} | ${refused} | ${lost} | ${wrong.length} |`
    ),
    ...tallies.flatMap(({ name, wrong }) => wrong.map((what) => `${name}: ${what}`)),
  ];
  return `${lines.join("\n")}\n`;
}
