/** The repetitions of an experiment on one trace: other seeds, or other stretches of its time. */
import { InputError } from "../errors.js";
import { refuseUnknownKeys } from "../known-keys.js";
import { keepWindow } from "./narrow.js";
import { openOnce, openWorkload, parseTrace } from "./open.js";
import { OPEN_KEYS, type OpenOptions } from "./options.js";
import type { Workload } from "./workload.js";

/** One repetition: every policy meets the same workload and, from the same seed, the same luck. */
export interface Replicate {
  /** Root seed of the workload, where seeds are what differs, and of what a simulation of it draws. */
  readonly seed: number;
  /** Opens its workload: at each call anew, so that no more than one need be held. */
  readonly open: () => Promise<Workload>;
}

export interface ReplicateOptions extends OpenOptions {
  /** Repeat with this many seeds, from `seed` on: a generated trace anew, a trace on disk with other machines of it. */
  readonly seeds?: number;
  /** Repeat over this many stretches of the trace, one after the other. */
  readonly windows?: number;
  /** Steps of a window. Default: all steps shared out evenly, the last few left over. */
  readonly windowSteps?: number;
}

const REPLICATE_KEYS = [...OPEN_KEYS, "seeds", "windows", "windowSteps"];

/**
 * Returns the repetitions in order of seed or of time. Windows of one trace are not independent draws where
 * long tasks run through several of them; seeds of a trace on disk share its hours and some of its machines.
 * @throws InputError for seeds together with windows, numbers that are not whole ones from 1, windows that
 * are longer than the trace, and seeds that all pick the same machines; and what `openWorkload` throws.
 */
export async function planReplicates(spec: string, given: ReplicateOptions = {}): Promise<Replicate[]> {
  refuseUnknownKeys(given, REPLICATE_KEYS, "option of planReplicates");
  const { seeds, windows, windowSteps, seed = 1, ...options } = given;
  for (const [name, value] of Object.entries({ seeds, windows, windowSteps })) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 1))
      throw new InputError(`invalid ${name}: ${value}; give a whole number of at least 1`);
  }
  if (windowSteps !== undefined && windows === undefined) {
    throw new InputError(`window of ${windowSteps} steps without a number of windows; give windows as well`);
  }
  if (windows === undefined) return overSeeds(spec, { ...options, seed, seeds: seeds ?? 1 });
  if (seeds !== undefined) {
    throw new InputError(
      `${seeds} seeds and ${windows} windows: the windows of one seed are no repetitions of ` +
        "their own; give one of the two",
    );
  }
  return overWindows(await openWorkload(spec, { ...options, seed }), { windows, windowSteps, seed });
}

async function overSeeds(
  spec: string,
  { seed, seeds, ...options }: OpenOptions & { readonly seed: number; readonly seeds: number },
): Promise<Replicate[]> {
  const open = await openOnce(spec, options);
  const replicates = Array.from({ length: seeds }, (_, i) => ({
    seed: seed + i,
    open: () => open(seed + i),
  }));
  if (seeds > 1 && parseTrace(spec).format !== "synthetic") await checkDifferent(spec, replicates);
  return replicates;
}

async function checkDifferent(spec: string, [one, two]: readonly Replicate[]): Promise<void> {
  const [first, second] = [await one.open(), await two.open()];
  const other = second.machines.id;
  if (first.machines.id.length !== other.length || first.machines.id.some((id, row) => id !== other[row]))
    return;
  throw new InputError(
    `seeds pick nothing from ${spec}: each keeps the same ${other.length} machines; give ` +
      "fewer machines, or windows in place of seeds",
  );
}

function overWindows(
  whole: Workload,
  { windows, windowSteps, seed }: { windows: number; windowSteps: number | undefined; seed: number },
): Replicate[] {
  const steps = windowSteps ?? Math.floor(whole.steps / windows);
  if (steps < 1 || windows * steps > whole.steps) {
    const length = windowSteps === undefined ? "" : ` of ${windowSteps} steps`;
    throw new InputError(
      `${windows} windows${length} are longer than the trace, which has ${whole.steps} steps; ` +
        `give fewer${length === "" ? "" : " or shorter ones"}`,
    );
  }
  return Array.from({ length: windows }, (_, i) => ({
    seed: seed + i,
    open: () => Promise.resolve(windowOf(whole, i * steps, steps)),
  }));
}

function windowOf(whole: Workload, firstStep: number, steps: number): Workload {
  const window = keepWindow(whole, firstStep, steps);
  const options = { ...whole.provenance.options, firstStep, steps };
  return { ...window, provenance: { ...whole.provenance, options } };
}
