/**
 * The steal-time schedulers by name. They are the same for the testbed model, a recorded /proc/stat and a
 * running machine.
 */
import { InputError } from "../../../base/errors.js";
import { didYouMean } from "../../../base/nearest.js";
import { resolveParameters, type Parameters } from "../../../base/parameters.js";
import type { Decider } from "./decider.js";
import { createLas, LAS } from "./las.js";
import { createLasRobust, LAS_ROBUST } from "./las-robust.js";

export type DeciderName = "las" | "las-robust";

/** The parameters of the deciders, with units, defaults and sources. */
export const DECIDERS: Readonly<Record<DeciderName, Parameters>> = { las: LAS, "las-robust": LAS_ROBUST };

/**
 * Creates a decider for one run; it remembers previous samples.
 *
 * @param nodes Lists of CPU numbers, one per node.
 * @throws InputError for an unknown name or parameter, a value out of range, no nodes, a node without CPUs,
 * and a CPU that is not a whole number or is on two nodes.
 */
export function createDecider(
  name: DeciderName,
  nodes: readonly (readonly number[])[],
  options: Readonly<Record<string, number>> = {},
): Decider {
  checkNodes(nodes);
  switch (name) {
    case "las":
      return createLas(nodes, resolveParameters(name, LAS, options));
    case "las-robust":
      return createLasRobust(nodes, resolveParameters(name, LAS_ROBUST, options));
    default: {
      const known = Object.keys(DECIDERS);
      throw new InputError(
        `unknown policy: ${String(name)}${didYouMean(String(name), known)}; known: ${known.join(", ")}`,
      );
    }
  }
}

/** Throws InputError unless there are nodes, each with CPUs, and no CPU twice. */
export function checkNodes(nodes: readonly (readonly number[])[]): void {
  if (nodes.length === 0) throw new InputError("invalid nodes: none; give at least one list of CPUs");
  const owner = new Map<number, number>();
  nodes.forEach((cpus, node) => {
    if (cpus.length === 0) throw new InputError(`invalid node ${node}: it has no CPU; leave it out`);
    for (const cpu of cpus) {
      if (!Number.isSafeInteger(cpu) || cpu < 0) {
        throw new InputError(`invalid CPU of node ${node}: ${cpu}; give a whole number from 0 on`);
      }
      const other = owner.get(cpu);
      if (other !== undefined) {
        throw new InputError(
          `invalid nodes: CPU ${cpu} is on node ${other} and on node ${node}; leave it out of one`,
        );
      }
      owner.set(cpu, node);
    }
  });
}
