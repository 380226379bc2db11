/** Confines a control group by its cpuset, version 1 or 2. */
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { InputError } from "../../base/errors.js";
import { restoreThreads } from "./affinity.js";
import { isSameCpuList, parseCpuList } from "./cpu-list.js";
import { readThreads } from "./process.js";
import type { SavedGroup, Target } from "./target.js";
import type { Node } from "./topology.js";

export interface GroupOptions {
  /** Whether to confine its memory (cpuset.mems) to the node's, too. */
  readonly memory?: boolean;
}

/**
 * Returns a control group as a target.
 *
 * @param name A folder (/sys/fs/cgroup/cpuset/batch), or a name below a mounted cpuset hierarchy (batch).
 * @param nodes The nodes between which it will move.
 * @throws InputError for a group that does not exist, is a hierarchy's root, has no cpuset, contains this
 * process, may not use a CPU of the nodes, or has child groups in version 1 (their CPUs would forbid
 * changes).
 */
export function groupTarget(
  name: string,
  nodes: readonly Node[],
  { memory = false }: GroupOptions = {},
): Target {
  const path = findGroup(name);
  const { inode } = checkGroup(path, nodes);
  const isThere = (): boolean => inodeOf(path) === inode;
  /**
   * Reads from the group; undefined where it does not exist any more. It can disappear at any time, even
   * between two reads.
   */
  const whileThere = <T>(read: () => T): T | undefined => {
    try {
      return isThere() ? read() : undefined;
    } catch (error) {
      if (isThere()) throw error;
      return undefined;
    }
  };
  return {
    id: name,
    claim: { kind: "group", path, inode },
    processes: () => whileThere(() => processesIn(path)) ?? [],
    cpus: () => whileThere(() => parseCpuList(effectiveCpus(path))),
    save() {
      const saved: SavedGroup = {
        kind: "group",
        path,
        inode,
        cpus: readValue(path, "cpuset.cpus"),
        mems: readValue(path, "cpuset.mems"),
        threads: processesIn(path)
          .flatMap(readThreads)
          .filter(({ cpus }) => !isSameCpuList(cpus, effectiveCpus(path))),
      };
      for (const file of ["cpuset.cpus", ...(memory ? ["cpuset.mems"] : [])]) checkWritable(join(path, file));
      // Writing the present value changes nothing, but shows whether the kernel allows us to restore it.
      writeValue(path, "cpuset.cpus", saved.cpus);
      if (memory) writeValue(path, "cpuset.mems", saved.mems);
      return saved;
    },
    confine({ cpus, memory: mems }) {
      if (!isThere()) throw new InputError(`group ${name} is gone`);
      writeValue(path, "cpuset.cpus", cpus.join());
      if (memory && mems !== "") writeValue(path, "cpuset.mems", mems);
      if (!isSameCpuList(effectiveCpus(path), cpus.join())) {
        throw new InputError(
          `cannot confine group ${name} to CPUs ${cpus.join()}: it got ` +
            `${effectiveCpus(path) || "none"}; a group above it has other CPUs`,
        );
      }
    },
  };
}

/**
 * Restores the CPUs and memory nodes of a group, and the CPUs of its threads. Does nothing where the group
 * was removed or created again. Returns whether the group still exists.
 */
export function restoreGroup({ path, inode, cpus, mems, threads }: SavedGroup): boolean {
  if (inodeOf(path) !== inode) return false;
  if (readValue(path, "cpuset.cpus") !== cpus) writeValue(path, "cpuset.cpus", cpus);
  if (readValue(path, "cpuset.mems") !== mems) writeValue(path, "cpuset.mems", mems);
  restoreThreads(threads);
  return true;
}

/** Returns the folder of a group: as given, or below one of the mounted hierarchies. */
function findGroup(name: string): string {
  if (isAbsolute(name)) {
    if (existsSync(name)) return realpathSync(name);
    throw new InputError(`no group ${name}; make it with mkdir and put the best-effort work into it`);
  }
  const roots = cpusetMounts();
  const places = roots.map((root) => normalize(join(root, name)));
  const inside = places.filter((place, i) => place.startsWith(`${roots[i]}/`));
  const found =
    inside.find((place) => existsSync(join(place, "cpuset.cpus"))) ??
    inside.find((place) => existsSync(place));
  if (found !== undefined) return realpathSync(found);
  const looked = roots.length === 0 ? "no cpuset hierarchy is mounted" : `looked in ${roots.join(", ")}`;
  throw new InputError(`no group ${name}: ${looked}; make it with mkdir, or give its folder`);
}

/**
 * Returns the mount points of cpuset hierarchies of version 1 and of the unified hierarchy, from
 * /proc/self/mountinfo.
 */
function cpusetMounts(): string[] {
  let text = "";
  try {
    text = readFileSync("/proc/self/mountinfo", "utf8");
  } catch {
    // Not Linux: no mounts.
  }
  return text.split("\n").flatMap((line) => {
    const [left, right = ""] = line.split(" - ");
    const [type, , options = ""] = right.split(" ");
    const isCpuset = type === "cgroup2" || (type === "cgroup" && options.split(",").includes("cpuset"));
    return isCpuset ? [left.split(" ")[4]] : [];
  });
}

function checkGroup(path: string, nodes: readonly Node[]): { inode: number } {
  const inode = inodeOf(path);
  const isVersion2 = existsSync(join(path, "cgroup.controllers"));
  if (inode === undefined || !existsSync(join(path, "cgroup.procs")))
    throw new InputError(
      `invalid group ${path}: it is not a control group; give a folder below a cgroup mount`,
    );
  const parent = dirname(path);
  if (!existsSync(join(parent, "cgroup.procs")))
    throw new InputError(
      `invalid group ${path}: it is the root, which holds all processes; make a group below it`,
    );
  if (!existsSync(join(path, "cpuset.cpus"))) {
    throw new InputError(
      isVersion2
        ? `group ${path} has no cpuset: enable it with echo +cpuset > ` +
            join(parent, "cgroup.subtree_control")
        : `group ${path} has no cpuset: give its folder in the cpuset hierarchy`,
    );
  }
  if (processesIn(path).includes(process.pid))
    throw new InputError(`invalid group ${path}: schedlab itself is in it; start schedlab outside the group`);
  if (!isVersion2 && readdirSync(path, { withFileTypes: true }).some((entry) => entry.isDirectory())) {
    throw new InputError(
      `cannot move group ${path}: it has groups below it, whose CPUs a cpuset of version 1 must ` +
        "contain; give those groups instead",
    );
  }
  const allowed = parseCpuList(effectiveCpus(parent)) ?? [];
  const outside = nodes.flatMap(({ cpus }) => cpus).find((cpu) => !allowed.includes(cpu));
  if (outside !== undefined) {
    throw new InputError(
      `cannot move group ${path} to CPU ${outside}: the group above it has CPUs ` +
        `${effectiveCpus(parent)}; leave the CPU out of --nodes`,
    );
  }
  return { inode };
}

function effectiveCpus(path: string): string {
  for (const file of ["cpuset.cpus.effective", "cpuset.effective_cpus", "cpuset.cpus"])
    if (existsSync(join(path, file))) return readValue(path, file);
  // The root of version 2 may use every CPU and has no file that says so.
  return "0-65535";
}

function processesIn(path: string): number[] {
  try {
    return readValue(path, "cgroup.procs").split("\n").filter(Boolean).map(Number);
  } catch (error) {
    // A threaded group of version 2 answers EOPNOTSUPP.
    if (!(error instanceof Error && "code" in error && error.code === "EOPNOTSUPP")) throw error;
    throw new InputError(`invalid group ${path}: it is a threaded group; give the group above it`, {
      cause: error,
    });
  }
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

function readValue(path: string, file: string): string {
  return readFileSync(join(path, file), "utf8").trim();
}

function checkWritable(path: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw explainWriteError(error, path, "");
  }
}

function writeValue(path: string, file: string, value: string): void {
  try {
    // An empty list is written as a line feed, because writing zero bytes has no effect.
    writeFileSync(join(path, file), `${value}\n`);
  } catch (error) {
    throw explainWriteError(error, join(path, file), value);
  }
}

function explainWriteError(error: unknown, path: string, value: string): InputError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const causes: Partial<Record<string, string>> = {
    EACCES: "permission denied; run as root, or become the owner of the group's files (chown)",
    EPERM: "not permitted; run as root, or become the owner of the group's files (chown)",
    EROFS: "the cgroup file system is mounted read-only; mount it read-write, or start outside the container",
    EBUSY: "a group below it uses other CPUs, or the group would have no CPUs left",
    EINVAL: "the kernel refuses it: a CPU is offline or not allowed for the group",
    ENOENT: "the group is gone",
    ENOSPC: "the kernel refuses to leave its processes without CPUs",
  };
  const cause = causes[code] ?? (error instanceof Error ? error.message : String(error));
  return new InputError(`cannot write ${value === "" ? "" : `${value} to `}${path}: ${cause}`, {
    cause: error,
  });
}
