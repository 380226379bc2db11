/** The migration models that a simulation can use: the mechanisms, and the parameters of real systems. */
import { FREE, withFreeze, type MigrationCost } from "./cost.js";
import { dsmMigration } from "./dsm.js";
import { MEASURED_MIGRATIONS } from "./measured.js";
import { lazyCopy } from "./lazy-copy.js";
import { postCopy } from "./post-copy.js";
import { preCopy } from "./pre-copy.js";
import { stopAndCopy } from "./stop-and-copy.js";
import { plainRules, qemuRules, thesisRules, xenRules, type PreCopyRules } from "./stop-rules.js";
import { median } from "../../metrics/statistics.js";

/** What the cost of a migration depends on, beside the task's memory. Shares are relative to that memory. */
export interface Circumstances {
  /** Bytes a second that the network gives. */
  readonly bandwidth: number;
  /** Share of the memory that the running task writes again in a second. */
  readonly dirtyShare: number;
  /** Largest share of the memory that is dirty at a time. */
  readonly workingSet: number;
  /** Seconds. */
  readonly downtimeGoal: number;
  /** Share of the memory that the task uses after the switch. */
  readonly touchedShare: number;
  /** Share of the used memory that the target holds already. */
  readonly warmShare: number;
  /** Seconds to fetch one page. */
  readonly pageFetch: number;
  /** Share of its speed that a task loses while it fetches pages, above 0. */
  readonly faultLoss: number;
  /** Bytes that the target needs before the task can start there. */
  readonly state: number;
}

export interface MigrationPreset {
  readonly description: string;
  /** Where the rules and numbers come from. */
  readonly source: string;
  /** Returns the cost of moving a task that holds this many bytes. */
  readonly cost: (memory: number, circumstances: Circumstances) => MigrationCost;
}

/**
 * Medians of the measured migrations: bytes that a virtual machine moves beside its task's, 401 MB, and the
 * share of its task's bytes that a GiantVM moves, 0.16.
 */
const VM_BYTES = median(
  Float64Array.from(MEASURED_MIGRATIONS, ({ vm, workingSet }) => (vm - workingSet) * 1e6),
);
const GIANTVM_SHARE = median(
  Float64Array.from(MEASURED_MIGRATIONS, ({ giantVm, workingSet }) => giantVm / workingSet),
);
/**
 * Size of the last dump of an LXC container relative to the first dump, 90 of 229 MB, and seconds that CRIU
 * takes to freeze a container.
 */
const CRIU_LAST = 90 / 229;
const CRIU_FREEZE = 2;
const SPRITE_FREEZE = 0.045;
const VM_FREEZE = 0.06;
/** Seconds for 4 KiB over RDMA: giantvm/dsm/transports.ts has the whole table. */
const RDMA_PAGE = 7.79e-6;

/** `besides` are bytes that have to be moved and are never written again. */
function preCopied(
  memory: number,
  { bandwidth, dirtyShare, workingSet }: Circumstances,
  rules: PreCopyRules,
  besides = 0,
): MigrationCost {
  return preCopy({
    memory: memory + besides,
    bandwidth,
    dirtyRate: dirtyShare * memory,
    workingSet: workingSet * memory,
    rules,
  });
}

function lazilyCopied(memory: number, given: Circumstances): MigrationCost {
  const { bandwidth, state, touchedShare: touched, pageFetch, faultLoss: loss } = given;
  return lazyCopy({ memory, bandwidth, state, touched, pageFetch, loss });
}

function sharedInPlace(memory: number, given: Circumstances): MigrationCost {
  const { bandwidth, touchedShare: touched, warmShare: warm, pageFetch, faultLoss: loss } = given;
  return dsmMigration({ memory, bandwidth, touched, warm, pageFetch, loss });
}

/** The models by name, as `--migration` takes them; the first is the default. */
export const MIGRATIONS = {
  "pre-copy": {
    description:
      "iterative pre-copy: stops the task when the rest fits the downtime goal or a round no longer helps",
    source: "Clark et al., NSDI 2005; Liu et al., HPDC 2011",
    cost: (memory, given) => preCopied(memory, given, plainRules(given)),
  },
  "pre-copy-xen": {
    description: "pre-copy by Xen's rules: 100 to 500 Mbit/s, 50 pages, 29 rounds, 3 times the memory",
    source: "Xen, tools/libxc/xc_linux_save.c",
    cost: (memory, given) => preCopied(memory, given, xenRules()),
  },
  "pre-copy-qemu": {
    description:
      "pre-copy by QEMU's rules: the downtime goal, 128 MiB/s, slowing the task down (auto-converge)",
    source: "QEMU, migration/options.c and ram.c",
    cost: (memory, given) => preCopied(memory, given, qemuRules(given)),
  },
  "pre-copy-thesis": {
    description: "pre-copy until a round resends no fewer pages than the one before",
    source: "thesis, 2.4.3",
    cost: (memory, given) => preCopied(memory, given, thesisRules()),
  },
  "post-copy": {
    description: "switches at once, then sends every page once",
    source: "Hines and Gopalan, VEE 2009",
    cost(memory, given) {
      const { bandwidth, state, pageFetch, workingSet } = given;
      return postCopy({ memory, bandwidth, state, pageFetch, workingSet: workingSet * memory });
    },
  },
  "stop-and-copy": {
    description: "stops the task for the whole copy",
    source: "Clark et al., NSDI 2005",
    cost: (memory, { bandwidth }) => stopAndCopy({ memory, bandwidth }),
  },
  "lazy-copy": {
    description: "switches at once, fetches pages when they are first used; the rest stays at the source",
    source: "thesis, 2.4.1; Douglis and Ousterhout, SP&E 21(8), 1991",
    cost: lazilyCopied,
  },
  dsm: {
    description: "moves only the threads: distributed shared memory fetches the pages that they touch",
    source: "Jia et al., TACO 19(2), 2022 (GiantVM)",
    cost: sharedInPlace,
  },
  process: {
    description: "a process: lazy copy, with Sprite's 45 ms to stop and start it",
    source: "Douglis and Ousterhout: remote execution takes 40 to 50 ms",
    cost: (memory, given) => withFreeze(lazilyCopied(memory, given), SPRITE_FREEZE),
  },
  container: {
    description: "a container: one pre-dump, 39 % of it again in the last dump, and frozen for another 2 s",
    source: "CRIU's mailing list (LXC: 229 MB, then 90 MB; about 2 s for 14 processes)",
    cost: (memory, { bandwidth }) =>
      withFreeze(
        preCopy({
          memory,
          bandwidth,
          dirtyRate: CRIU_LAST * bandwidth,
          rules: plainRules({ downtimeGoal: 0, maxRounds: 1 }),
        }),
        CRIU_FREEZE,
      ),
  },
  vm: {
    description: "a virtual machine for each task: 0.4 GB more to move, QEMU's rules, 60 ms to resume",
    source:
      "TACO 2022, its migration data (median VM traffic less working set); Clark et al. (least downtime)",
    cost: (memory, given) => withFreeze(preCopied(memory, given, qemuRules(given), VM_BYTES), VM_FREEZE),
  },
  giantvm: {
    description:
      "a process in a GiantVM over RDMA: a sixth of its memory is sent, without a stop, at half speed " +
      "meanwhile",
    source:
      "TACO 2022, its migration data (median share of the working set), 7.79 us a page, half throughput",
    cost: (memory, given) =>
      sharedInPlace(memory, {
        ...given,
        touchedShare: GIANTVM_SHARE,
        warmShare: 0,
        pageFetch: RDMA_PAGE,
        faultLoss: 0.5,
      }),
  },
  free: {
    description: "costs nothing: unrealistic, for comparison",
    source: "none",
    cost: () => FREE,
  },
} as const satisfies Readonly<Record<string, MigrationPreset>>;

export type MigrationModel = keyof typeof MIGRATIONS;
export const MIGRATION_MODELS: readonly MigrationModel[] = Object.keys(MIGRATIONS) as MigrationModel[];
