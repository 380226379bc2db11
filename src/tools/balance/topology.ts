/** Finds out which CPUs belong to which node. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../base/errors.js";
import { checkNodes } from "../../systems/giantvm/decide/index.js";
import { formatCpuList, parseCpuList } from "./cpu-list.js";

export interface Node {
  readonly cpus: readonly number[];
  /** The list of NUMA nodes that these CPUs belong to; "" where the machine does not say. */
  readonly memory: string;
}

/**
 * Returns the machine's NUMA nodes with online CPUs, sorted by number, from /sys/devices/system/node. Throws
 * InputError where there are none.
 */
export function readNodes(sys = "/sys"): Node[] {
  const nodes = numaNodes(sys).map(({ number, cpus }) => ({ cpus, memory: String(number) }));
  const online = onlineCpus(sys);
  const up = nodes
    .map(({ cpus, memory }) => ({ cpus: cpus.filter((cpu) => online?.includes(cpu) ?? true), memory }))
    .filter(({ cpus }) => cpus.length > 0);
  if (up.length === 0) {
    throw new InputError(
      `no NUMA nodes in ${join(sys, "devices/system/node")}; give the CPUs of each node with ` +
        "--nodes, such as --nodes 0-3,4-7",
    );
  }
  return up;
}

/**
 * Parses nodes: commas separate nodes, plus signs separate parts of one node ("0-3+8-11,4-7+12-15"). Throws
 * InputError for other texts, for a CPU that occurs twice and for a CPU that is not online.
 */
export function parseNodes(text: string, sys = "/sys"): Node[] {
  const lists = text.split(",").map((part) => {
    const cpus = parseCpuList(part.replaceAll("+", ","));
    if (cpus !== undefined && cpus.length > 0) return cpus;
    throw new InputError(
      `invalid --nodes: ${text}: ` +
        `${part === "" ? "a node is empty" : `${part} is not a list of CPUs`}; give CPUs such as ` +
        "0-3,4-7, or 0-1+4-5,2-3+6-7",
    );
  });
  checkNodes(lists);
  const online = onlineCpus(sys);
  const offline = lists.flat().filter((cpu) => online !== undefined && !online.includes(cpu));
  if (online !== undefined && offline.length > 0) {
    throw new InputError(
      `invalid --nodes: ${text}: CPU ${formatCpuList(offline)} is not online; the online CPUs are ` +
        formatCpuList(online),
    );
  }
  const numa = numaNodes(sys);
  return lists.map((cpus) => {
    const owners = numa.filter((node) => cpus.some((cpu) => node.cpus.includes(cpu)));
    return { cpus, memory: formatCpuList(owners.map(({ number }) => number)) };
  });
}

/** Returns the index of the node that contains all of these CPUs, or -1; CPUs on no node are ignored. */
export function nodeOf(cpus: readonly number[], nodes: readonly Node[]): number {
  const counted = cpus.filter((cpu) => nodes.some((node) => node.cpus.includes(cpu)));
  if (counted.length === 0) return -1;
  return nodes.findIndex((node) => counted.every((cpu) => node.cpus.includes(cpu)));
}

function numaNodes(sys: string): { number: number; cpus: number[] }[] {
  const folder = join(sys, "devices/system/node");
  return namesIn(folder)
    .flatMap((name) => /^node(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
    .map((number) => ({ number, cpus: readList(join(folder, `node${number}`, "cpulist")) ?? [] }));
}

/** Returns the online CPUs; undefined where the machine does not say. */
function onlineCpus(sys: string): number[] | undefined {
  const cpus = readList(join(sys, "devices/system/cpu/online"));
  return cpus?.length === 0 ? undefined : cpus;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readList(path: string): number[] | undefined {
  try {
    return parseCpuList(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
