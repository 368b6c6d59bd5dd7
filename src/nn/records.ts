/** A number that was measured, or a list of them; `null` where nothing was. */
export type Recorded = number | null | readonly number[];

/** What was recorded of an epoch, by name. */
export interface EpochRecord {
  /** Epochs before it; 0 for what was measured before the first one. */
  readonly epoch: number;
  readonly [name: string]: Recorded;
}

/** Whether a record may hold a value: finite numbers, which JSON gives back to the bit, or `null`. */
export function isRecordable(value: unknown): value is Recorded {
  return value === null || Number.isFinite(value) || Array.isArray(value) && value.every(Number.isFinite);
}
