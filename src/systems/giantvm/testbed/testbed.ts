/** Simulates the testbed tick by tick: the shares of each pCPU, the guest's /proc/stat, and moves. */
import { createShares, shareCpu } from "../../../cluster/share.js";
import { randomStream } from "../../../base/random.js";
import type { Decision, Work } from "../decide/decider.js";
import { createDecider } from "../decide/index.js";
import { createBackground } from "./background.js";
import type { Configuration } from "./configurations.js";
import { createGuest, type Guest } from "./guest.js";
import type { TestbedParameters } from "./parameters.js";
import { createProcStat, type ProcStat } from "./proc-stat.js";
import { createService, type Service } from "./service.js";

/** Period of NUMA balancing in seconds: the minimum scan period of Linux. */
const SCAN = 1;

export interface Testbed {
  readonly guest: Guest;
  readonly service: Service;
  readonly stat: ProcStat;
  /** Busy CPU seconds of each pCPU. */
  readonly busy: Float64Array;
  /** The part of `busy` that work outside the GiantVM got. */
  readonly outside: Float64Array;
  /** CPU seconds by kind of work: LC and other work of hosts, BE and probe in the guest. */
  readonly used: { lc: number; background: number; be: number; probe: number };
  /** Runs tick number `tick`, which is the `ofInterval`-th since the last decision. */
  readonly step: (tick: number, ofInterval: number) => void;
  /** Lets the configuration's decider decide, and makes its moves. Returns undefined without a decider. */
  readonly decide: (seconds: number) => Decision | undefined;
}

export interface TestbedSetting {
  readonly configuration: Configuration;
  readonly parameters: TestbedParameters;
  readonly seed: number;
  readonly decider: Readonly<Record<string, number>>;
  readonly lc: boolean;
}

/** Returns the testbed at time 0. */
export function createTestbed(setting: TestbedSetting): Testbed {
  const { configuration, parameters, seed, lc } = setting;
  const { hosts, cpus, tick: seconds } = parameters;
  const guest = createGuest({
    parameters,
    processes: configuration.be ? parameters.processes : 0,
    isHinting: configuration.numaBalancing,
    random: randomStream(seed, "noise", "guest"),
  });
  const service = createService(parameters, seed);
  const background = Array.from({ length: hosts }, (_, host) =>
    createBackground(
      host === 0 ? 0 : parameters.background,
      parameters.burst,
      randomStream(seed, "noise", "background", host),
    ),
  );
  const stat = createProcStat(hosts * cpus);
  const busy = new Float64Array(hosts * cpus);
  const outside = new Float64Array(hosts * cpus);
  const given = new Float64Array(hosts * cpus);
  const used = { lc: 0, background: 0, be: 0, probe: 0 };
  const pCpu = createPCpu();
  const every = (period: number): number => Math.max(1, Math.round(period / seconds));
  const ticksOf = { load: every(parameters.loadPeriod), wander: every(parameters.wander), scan: every(SCAN) };
  let intervals = 0;

  function isProbed(cpu: number, ofInterval: number): boolean {
    if (!configuration.probe || ofInterval * seconds >= parameters.probe - 1e-9) return false;
    return cpu % cpus === intervals % cpus && guest.threadsOnNode(Math.floor(cpu / cpus)) === 0;
  }

  function runCpu(cpu: number, now: number, backgroundWants: number, isProbe: boolean): void {
    const vcpuWants = isProbe ? 1 : guest.wantedOnCpu[cpu];
    let lcUsed = 0;
    if (lc && cpu < cpus) {
      const speed = pCpu.share(1, backgroundWants, vcpuWants)[0];
      lcUsed = service.workers[cpu].serve(now, seconds, speed) / seconds;
    }
    const parts = pCpu.share(lcUsed, backgroundWants, vcpuWants);
    given[cpu] = isProbe ? 0 : parts[2];
    used.lc += lcUsed * seconds;
    used.background += parts[1] * seconds;
    used[isProbe ? "probe" : "be"] += parts[2] * seconds;
    outside[cpu] += (lcUsed + parts[1]) * seconds;
    busy[cpu] += (lcUsed + parts[1] + parts[2]) * seconds;
    count(cpu, isProbe || guest.threadsOnCpu[cpu] > 0, vcpuWants - parts[2]);
  }

  /**
   * Updates /proc/stat. Steal counts only while the vCPU has something to run; waits for DSM pages look busy
   * to the guest.
   */
  function count(cpu: number, isRunnable: boolean, stolen: number): void {
    if (isRunnable) {
      stat.steal[cpu] += stolen * seconds;
      stat.user[cpu] += (1 - stolen) * seconds;
    } else stat.idle[cpu] += seconds;
  }

  return {
    guest,
    service,
    stat,
    busy,
    outside,
    used,
    step(tick, ofInterval) {
      const now = tick * seconds;
      if (lc && tick > 0 && tick % ticksOf.load === 0) service.drawLoad(now);
      if (tick > 0 && tick % ticksOf.wander === 0) guest.wander();
      if (configuration.numaBalancing && tick % ticksOf.scan === 0) guest.followFaults();
      guest.want();
      for (let host = 0; host < hosts; host++) {
        const wants = background[host].isOn(now) ? 1 : 0;
        for (let cpu = host * cpus; cpu < (host + 1) * cpus; cpu++) {
          runCpu(cpu, now, wants, isProbed(cpu, ofInterval));
        }
      }
      guest.advance(given, seconds);
    },
    decide: createDecide(setting, guest, stat, () => intervals++),
  };
}

/**
 * Returns a function that decides on the guest's /proc/stat and makes the moves, exactly as on a real
 * machine.
 */
function createDecide(
  { configuration, parameters, decider: options }: TestbedSetting,
  guest: Guest,
  stat: ProcStat,
  onInterval: () => void,
): Testbed["decide"] {
  const { hosts, cpus } = parameters;
  const nodes = Array.from({ length: hosts }, (_, host) =>
    Array.from({ length: cpus }, (_value, i) => host * cpus + i),
  );
  const decider =
    configuration.decider === undefined
      ? undefined
      : createDecider(configuration.decider, nodes, { ...configuration.options, ...options });
  const before = new Float64Array(guest.progress.length);
  return (seconds) => {
    onInterval();
    if (decider === undefined) return undefined;
    const work = Array.from(guest.nodeOf, (node, process): Work => {
      const cpu = (guest.progress[process] - before[process]) / parameters.interval;
      before[process] = guest.progress[process];
      return { id: `be-${process}`, node, cpu, workingSet: parameters.workingSet * 2 ** 20 };
    });
    const decision = decider.decide(stat.sample(seconds), work);
    for (const move of decision.moves) {
      guest.move(
        work.findIndex(({ id }) => id === move.work),
        move.to,
      );
    }
    return decision;
  };
}

interface PCpu {
  /** Returns the shares that three entities get, given the shares that they want; reuses the same array. */
  readonly share: (lc: number, background: number, vcpu: number) => Float64Array;
}

/**
 * Returns a pCPU under CFS: entities have equal weight and get equal shares, but no more than they want; no
 * wanted CPU stays idle.
 */
function createPCpu(): PCpu {
  const shares = createShares(3);
  shares.count = 3;
  shares.weight.fill(1);
  return {
    share(lc, background, vcpu) {
      shares.demand[0] = lc;
      shares.demand[1] = background;
      shares.demand[2] = vcpu;
      shareCpu(shares, 1, Infinity, "fair");
      return shares.given;
    },
  };
}
