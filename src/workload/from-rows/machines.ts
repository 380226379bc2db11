/** Reads machines from a user's own rows. */
import { InputError } from "../../base/errors.js";
import type { MachineColumns } from "../workload.js";
import { createRowReader, type RowSource } from "./row-reader.js";
import { MACHINE_KEYS, type MachineCount, type MachineRow, type OwnRows } from "./rows.js";

/** In reference machines; the same limit as in check.ts. */
const LARGEST = 1000;
const MOST = 1e7;

export interface Machines {
  readonly columns: MachineColumns;
  /** Row by id; ids are texts. */
  readonly rowOf: ReadonlyMap<string, number>;
}

/** Returns the machines in the given order. Throws InputError with row and column. */
export function readMachines(given: OwnRows["machines"]): Machines {
  const source = isCount(given) ? [given] : (given as RowSource<MachineRow | MachineCount>);
  const ids: string[] = [];
  const cpu: number[] = [];
  const memory: number[] = [];
  for (const row of createRowReader("machines", source, MACHINE_KEYS)) {
    const count = row.whole("count", 1, { min: 1, max: MOST });
    for (let i = 0; i < count; i++) {
      ids.push(row.name("id") ?? String(ids.length + 1));
      cpu.push(row.number("cpu", 1, { min: 0, max: LARGEST }));
      memory.push(row.number("memory", 1, { min: 0, max: LARGEST }));
    }
  }
  if (ids.length === 0) throw new InputError("machines has no rows; give at least one");
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  if (rowOf.size < ids.length) {
    const twin = ids.find((id, row) => rowOf.get(id) !== row);
    throw new InputError(`machines: two rows have the id ${twin}; give each a different one`);
  }
  // If some ids are not numbers, all machines are numbered.
  const areNumbers = ids.every((id) => /^\d{1,18}$/.test(id));
  return {
    columns: {
      id: BigInt64Array.from(ids, (id, row) => (areNumbers ? BigInt(id) : BigInt(row + 1))),
      cpu: Float64Array.from(cpu),
      memory: Float64Array.from(memory),
      up: new Uint8Array(ids.length).fill(1),
    },
    rowOf,
  };
}

function isCount(given: OwnRows["machines"]): given is MachineCount {
  return "count" in given && typeof given.count === "number";
}
