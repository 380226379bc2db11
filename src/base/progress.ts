/** A progress report of long work. `total` is absent where it cannot be known beforehand. */
export interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly total?: number;
  readonly unit: string;
  /** What is being worked on now, and how much of it is done: a share of one unit, from 0 to 1. */
  readonly item?: string;
  readonly part?: number;
  /** Rows read so far in this phase, where rows are read. */
  readonly rows?: number;
}

export type OnProgress = (progress: Progress) => void;
