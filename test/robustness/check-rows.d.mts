/** See check-rows.mjs. */
export interface RowCheck {
  readonly table: string;
  readonly mutated: number;
  readonly lines: number;
  readonly refused: number;
  readonly located: number;
  readonly files: number;
  readonly fastFiles: number;
}

export function checkRows(options: {
  table: string;
  lines: readonly string[];
  rows: number;
  random: () => number;
  folder: string;
  readers: object;
  onProgress?: (sum: RowCheck) => void;
}): Promise<RowCheck>;
