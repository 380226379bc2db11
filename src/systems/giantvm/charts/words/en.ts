/** The English texts of the charts of GiantVM. */
import { count } from "../../../../charts/words/english.js";

export const en = {
  testbed: {
    origin: (hosts: number, cpus: number, threads: number, seed: number) =>
      `The testbed is modelled: ${hosts} hosts of ${cpus} CPUs, LC service on host 0, ` +
      `${threads} BE threads, seed ${seed}.`,
    overTime: {
      title: "The testbed over time",
      caption:
        "A row for each host: CPU taken by LC or other work (lower band), share of the BE threads " +
        "(upper band), moves of BE work (triangles). Below: P99 of LC requests. The testbed is " +
        "modelled.",
      method: "Bands and P99 of the testbed are per interval between decisions.",
      host: "Host",
      lc: "LC service",
      burst: "Bursts of other work",
      be: "BE threads",
      lcP99: "LC P99",
      moves: (name: string, moves: number) => `${name}: ${count(moves, "move")}`,
      p99: (p99: string) => `LC P99 of the whole run: ${p99}`,
      outcome: (name: string, p99: string, moves: number) => `${name} ${p99} (${count(moves, "move")})`,
      says: (outcomes: readonly string[]) => `LC P99 in one run of the model: ${outcomes.join(", ")}.`,
      columns: {
        configuration: "Configuration",
        time: "Time (min)",
        host: "Host",
        busy: "CPU in use (%)",
        outside: "CPU taken by LC or other work (%)",
        be: "BE threads",
      },
    },
    tail: {
      title: "Latency of LC requests",
      caption:
        "Share of the simulated LC requests slower than the latency on the horizontal axis. Large " +
        "open markers: P95, P99 and P99.9, measured by the authors. The testbed is modelled.",
      measured: "Measured (open markers)",
      both: (name: string, modelled: string, measured: string) =>
        `${name} ${modelled} ms (measured ${measured})`,
      modelledOnly: (name: string, modelled: string) => `${name} ${modelled} ms`,
      says: (tails: readonly string[]) => `P99 of LC requests in one run of the model: ${tails.join(", ")}.`,
      latency: "Latency",
      slower: "Requests slower",
    },
    blindSpot: {
      title: "What steal time shows of a host's load",
      caption:
        "Steal, as a share of the time in which a node's vCPUs had something to run, against the CPU " +
        "that other work took of its host. The testbed is modelled.",
      method:
        "One marker per node and interval between decisions. Where nothing ran, the counter of steal " +
        "stood still and reads 0.",
      withBe: "Node with BE threads",
      withoutBe: "Node without BE threads",
      blind: (name: string, blind: number, all: number) =>
        all === 0 ? `${name} never meets one` : `${name} reads 0 in ${blind} of ${all}`,
      says: (parts: readonly string[]) =>
        `Intervals of a node without BE threads whose host is more than half busy: ${parts.join(", ")}.`,
      pressure: "CPU that others take of the host",
      pressureTitle: "CPU others take (%)",
      steal: "Steal read",
    },
    decisions: {
      title: "Steal read, and moves",
      caption:
        "A row for each node: share of the moved work (upper band), steal read before each decision " +
        "(lower band), moves (triangles).",
      highest: (ticks: string) => `A full band: ${ticks} ticks of steal.`,
      work: "Work that is moved",
      says: (moves: number, decisions: number, left: string, entered: string) =>
        `${count(moves, "move")} in ${count(decisions, "decision")}: the node left read ${left} ticks of ` +
        `steal, the node entered ${entered} (medians).`,
      still: (decisions: number, most: string) =>
        `No move in ${count(decisions, "decision")}; the highest reading was ${most} ticks of steal.`,
      time: (isMinutes: boolean): string => (isMinutes ? "Time (min)" : "Time (s)"),
      node: "Node",
      stealOf: (node: number) => `Steal of node ${node}`,
      steal: "Steal read",
      move: "Move",
      moves: "Moves",
    },
    drawing: {
      title: "A GiantVM and what runs on it",
      caption:
        "A guest (dashed) over all hosts, with a NUMA node on each; squares: vCPUs; filled: BE " +
        "threads; dark: the LC service, outside the guest. Times of a page: measured (TACO 2022).",
      guest: (vcpus: number, nodes: number) =>
        `Guest: one operating system, ${vcpus} vCPUs, ${nodes} NUMA nodes, distributed shared memory`,
      sameGuest: "The same guest",
      node: (node: number, cpus: number) => `Node ${node}: ${cpus} vCPUs`,
      host: (host: number, cpus: number) => `Host ${host}: ${cpus} CPUs`,
      lc: (workers: number) => `LC service,\n${workers} workers`,
      other: (load: string) => `Bursts of other work,\n${load} % on average`,
      thread: "BE thread",
      threads: (threads: number) => count(threads, "BE thread"),
      time: (transport: string, micros: string) => `${micros} μs over ${transport}`,
      network: (times: readonly string[]) => `Network. A page of another node (4 KiB): ${times.join(", ")}`,
      sameNetwork: "The same network",
      second: (second: number) => `${second} s`,
      says: (
        hosts: number,
        vcpus: number,
        fast: string,
        fastTime: string,
        fastTimes: string,
        slow: string,
        slowTime: string,
        slowTimes: string,
      ) =>
        `One guest spans ${hosts} hosts with ${vcpus} vCPUs; another node's page takes ${fastTime} μs over ` +
        `${fast} and ${slowTime} μs over ${slow}, ${fastTimes} and ${slowTimes} times a local access.`,
    },
    paired: {
      title: (name: string, baseline: string) => `${name} less ${baseline}, paired by seed`,
      caption:
        "Differences over the baseline's mean, with 95 % bootstrap intervals. ↓: less is better; ↑: " +
        "more is better. Colored: different at 5 % after Holm's correction. The testbed is modelled.",
      source: (seeds: number) => `${count(seeds, "seed")}; both configurations meet the same load.`,
      all: "All changes",
      large: (percent: string) => `Changes of ${percent} % and more`,
      small: "Smaller changes, enlarged",
      metric: "Figure",
      verdict: "Verdict",
      difference: (baseline: string) => `Difference from ${baseline}`,
      verdicts: { better: "Better", worse: "Worse", none: "No difference shown" } as Readonly<
        Record<string, string>
      >,
      lessIs: (label: string) => `${label} ↓`,
      moreIs: (label: string) => `${label} ↑`,
      metrics: {
        moves: "Moves",
        movesToLc: "Moves to host 0",
        movedMb: "MB moved",
      } as Readonly<Record<string, string>>,
      part: (metrics: number, label: string, change: string) => `${metrics} (most: ${label} ${change})`,
      nothing: "none",
      says: (name: string, baseline: string, better: string, worse: string) =>
        `${name} against ${baseline}: figures that are better: ${better}; worse: ${worse}.`,
    },
    published: {
      caption:
        "The testbed model beside the authors' measurements (GiantVM, TACO 19(2), 2022; raw data of " +
        "their plots).",
      figure: "Figure",
      published: "Measured",
      modelled: "Modelled",
      deviation: "Deviation",
      standing: "Standing",
      sameOrder: "Same order",
    },
  },
  dsm: {
    pages: {
      title: "Pages moving between nodes",
      caption:
        "Accesses to pages in order (R: read, W: write, by node); colors: each node's copy after the " +
        "access; a letter where the access changed it. Accesses and states are modelled.",
      method: "States of pages are those of the model's own protocol (Ivy's).",
      page: (page: number) => `Page ${page}`,
      node: "Node",
      accesses: "Accesses in order: read or write, by node",
      number: "Number of the access",
      states: { modified: "Modified", shared: "Shared", invalid: "Invalid" },
      fault: "Fault",
      hit: "Access without a fault",
      says: (accesses: number, nodes: number, pages: number, faults: number, share: string, mean: string) =>
        `Of ${count(accesses, "access")} by ${count(nodes, "node")} to ${count(pages, "page")}, ${faults} ` +
        `(${share} %) are faults, ${mean} each on average.`,
      columns: {
        access: "Access",
        page: "Page",
        node: "Node",
        state: "State",
        kind: "Kind",
        fault: "Fault",
        seconds: "Duration (s)",
      },
    },
    kernel: {
      title: "Multikernel over monolithic kernel",
      caption:
        "How many times as many requests the multikernel serves. Lines: modelled, by the number of nodes. " +
        "Dashed: measured (Zhang et al., VEE 2020); the share of accesses to kernel data was not measured.",
      sharing: "Accesses to kernel data",
      gap: "Multikernel / monolithic",
      nodes: "Nodes",
      count: (nodes: number) => count(nodes, "node"),
      measured: (gap: string) => `Measured: ${gap} ×`,
      says: (nodes: number, gap: string, share: string) =>
        `With ${count(nodes, "node")} the model reaches the measured ${gap} × where ${share} % of the ` +
        "accesses go to kernel data.",
      never: (nodes: number, gap: string, share: string, reached: string) =>
        `With ${count(nodes, "node")} and ${share} % of accesses to kernel data the model is at ${reached} ` +
        `×; measured: ${gap} ×.`,
    },
  },
};
