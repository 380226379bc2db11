/** The English texts of charts of migration mechanisms. */
import { bold } from "../../plotly-text.js";

export const en = {
  migrations: {
    names: {
      "pre-copy": "Pre-copy",
      "pre-copy-xen": "Xen pre-copy",
      "pre-copy-qemu": "QEMU pre-copy",
      "pre-copy-thesis": "Thesis pre-copy",
      "post-copy": "Post-copy",
      "stop-and-copy": "Stop and copy",
      "lazy-copy": "Lazy copy",
      dsm: "Shared memory",
      process: "Process",
      container: "Container",
      vm: "Virtual machine",
      giantvm: "GiantVM",
      free: "Free",
    } as Readonly<Record<string, string>>,
    mechanism: "Mechanism",
    lambda: "Dirty rate / bandwidth",
    life: {
      title: "One migration, from its first byte to its last",
      caption:
        "Blue bars: rounds of copying while the task runs at its source, as high as their rate. " +
        "Hatched: the task is stopped. Dotted: it runs at its target and waits for pages. All is " +
        "modelled.",
      method:
        "A round is a pass over the task's memory; a bar's area is its bytes. Migrations are " +
        "modelled by the loop that the simulation uses.",
      time: "Time (s)",
      beginning: (seconds: string) => `The first ${seconds}, enlarged`,
      whole: (seconds: string) => `All ${seconds}`,
      phases: {
        round: "Round, runs at the source",
        stopped: "Stopped",
        fetching: "Runs at the target, fetches pages",
      },
      row: (name: string, rounds: number, bytes: string, seconds: string, downtime: string, waits: string) =>
        `${bold(name)}\n${rounds === 0 ? "no round" : rounds === 1 ? "1 round" : `${rounds} rounds`}, ` +
        `${bytes}, ${seconds}\nstopped ${downtime}${waits}`,
      waits: (seconds: string) => `, waits ${seconds}`,
      goesOn: (seconds: string) => `goes on to ${seconds} ▸`,
      of: (name: string, value: string) => `${value} (${name})`,
      says: (calm: string, hard: string, quick: string, slow: string) =>
        `The task is stopped for ${calm} to ${hard}; its migration takes ${quick} to ${slow}.`,
      saysOne: (name: string, seconds: string, downtime: string) =>
        `${name}: the migration takes ${seconds} and stops the task for ${downtime}.`,
      columns: {
        migration: "Mechanism",
        phase: "Phase",
        number: "Round",
        start: "Start (s)",
        seconds: "Duration (s)",
        bytes: "Bytes",
        lost: "Lost (s)",
      },
    },
    costs: {
      title: "Ways to move a task, by its memory",
      caption:
        "Total time, lost time and downtime of a move, by the task's memory; one panel for each " +
        "mechanism. In the titles: bytes sent over that memory. All is modelled.",
      method:
        "Total: from the first byte to the last. Lost: downtime and waits for pages. Downtime: the " +
        "task runs nowhere; a downtime of 0 is not on a logarithmic axis.",
      memory: "Memory",
      value: "Time",
      quantities: { seconds: "Total", lost: "Lost", downtime: "Downtime" } as Readonly<
        Record<string, string>
      >,
      sends: (name: string, share: string, isStopped: boolean) =>
        `${name}: ${share} × sent${isStopped ? "" : ", no stop"}`,
      says: (memory: string, less: string, most: string, loses: string, worst: string) =>
        `With ${memory} of memory, a move loses the task ${loses} to ${worst} and sends ${less} to ${most}.`,
    },
    rules: {
      title: "Pre-copy, by the rule that ends its rounds",
      caption:
        "Rounds, total time and downtime of pre-copy by dirty rate, under the rules that end its " +
        "rounds. Dashed: the task writes as fast as the network sends. All is modelled.",
      method:
        "Plain: the rest fits the downtime goal, or a round no longer helps; Xen's and QEMU's rules; " +
        "the thesis's rule as we read it.",
      rounds: "Rounds",
      seconds: "Total time",
      downtime: "Downtime",
      names: {
        "pre-copy": "Plain",
        "pre-copy-xen": "Xen",
        "pre-copy-qemu": "QEMU",
        "pre-copy-thesis": "Thesis",
      } as Readonly<Record<string, string>>,
      says: (best: string, least: string, worst: string, most: string) =>
        `At no dirty rate drawn here does the rule ${best} stop the task for more than ${least}; ${worst} ` +
        `stops it for up to ${most}.`,
    },
  },
};
