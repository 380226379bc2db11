import { balance, paperWork } from "../balance/balance.js";
import { decisionsLine, openLineFile, type LoggedDecision } from "../../systems/giantvm/decide/decisions.js";
import { restoreLeftovers } from "../balance/journal.js";
import { probeObstacle, startProbe, type Probe } from "../balance/probe.js";
import { recordingLine } from "../balance/recording.js";
import { liveSamples, recordedSamples, type Observation } from "../balance/samples.js";
import type { Node } from "../balance/topology.js";
import { createUsage } from "../balance/usage.js";
import { createDecider } from "../../systems/giantvm/decide/index.js";
import { VERSION } from "../../base/version.js";
import { planBalance, type BalanceCommandOptions, type BalancePlan } from "./balance-plan.js";
import { createRedraw, decisionLine, decisionTable } from "./balance-table.js";
import { stopSignal } from "./stop-signal.js";
import type { Streams } from "./streams.js";

/** Moves best-effort work on this machine to the node with the least steal time, until it is stopped. */
export async function balanceMachine(options: BalanceCommandOptions, streams: Streams): Promise<void> {
  if (options.restore === true) restoreAndStop(options.journal, streams);
  else await runBalance(options, planBalance(options), streams);
}

function restoreAndStop(journal: string, { stdout }: Streams): void {
  const count = restoreLeftovers(journal, (line) => stdout.write(`${line}\n`));
  if (count === 0) stdout.write(`nothing to restore in ${journal}\n`);
}

async function runBalance(
  options: BalanceCommandOptions,
  plan: BalancePlan,
  streams: Streams,
): Promise<void> {
  const { nodes, parameters, targets } = plan;
  const note = (line: string): void => void streams.stderr.write(`schedlab: ${line}\n`);
  for (const { id, processes } of targets)
    if (processes().length === 0) note(`group ${id} has no processes yet`);
  const stop = stopSignal(options.duration);
  const { observations, follow } = observe(options, plan, stop.signal);
  const outputs = createOutputs(options, plan, note);
  const show = createShow(nodes, streams);
  let moves = 0;
  try {
    await balance(observations, {
      nodes,
      decider: createDecider(
        options.policy,
        nodes.map(({ cpus }) => cpus),
        parameters,
      ),
      targets,
      dryRun: options.dryRun,
      journalFolder: options.journal,
      onStart: outputs.open,
      onNote: note,
      onDecision: (decision, observation) => {
        moves += decision.moves.filter(({ error }) => error === undefined).length;
        follow(decision);
        outputs.write(decision, observation);
        show(decision);
      },
    });
  } finally {
    stop.release();
    outputs.close();
  }
  const isOnPaper = options.dryRun === true || targets.length === 0;
  const end = isOnPaper ? "decided, none made" : "made; the machine is as it was found";
  streams.stdout.write(`${moves} ${moves === 1 ? "move" : "moves"} ${end}\n`);
}

/**
 * Returns observations of the machine or of a recording. A replay without real work uses simulated work that
 * follows the decisions.
 */
function observe(
  { interval }: BalanceCommandOptions,
  { nodes, targets, recording }: BalancePlan,
  signal: AbortSignal,
): { observations: AsyncIterable<Observation>; follow: (decision: LoggedDecision) => void } {
  const usage = createUsage(targets, nodes);
  if (recording === undefined)
    return { observations: liveSamples(interval, usage, signal), follow: () => undefined };
  if (targets.length > 0) {
    const placed = (): ReturnType<typeof usage> => usage(0);
    return { observations: recordedSamples(recording, nodes, placed, signal), follow: () => undefined };
  }
  const paper = paperWork(recording[0].work ?? [{ id: "work", node: 0, cpu: 0, workingSet: 0 }]);
  return {
    observations: recordedSamples(recording, nodes, paper.placed, signal),
    follow: ({ moves }) => {
      paper.follow(moves);
    },
  };
}

interface Outputs {
  /**
   * Opens the files. Called after all checks, so that a refused start does not overwrite the files of a
   * running instance.
   */
  readonly open: () => void;
  readonly write: (decision: LoggedDecision, observation: Observation) => void;
  readonly close: () => void;
}

function createOutputs(
  { policy, interval, log, record, dryRun = false, probe: isProbeWanted }: BalanceCommandOptions,
  { nodes, parameters, targets, recording }: BalancePlan,
  note: (line: string) => void,
): Outputs {
  const opened: (() => void)[] = [];
  let writeLog: (line: string) => void = () => undefined;
  let writeRecord = writeLog;
  const open = (path: string): ((line: string) => void) => {
    const file = openLineFile(path);
    opened.push(file.close);
    return file.write;
  };
  return {
    open() {
      if (log !== undefined) writeLog = open(log);
      if (record !== undefined) writeRecord = open(record);
      const isReplay = recording !== undefined;
      writeLog(
        decisionsLine({
          schedlab: VERSION,
          policy,
          parameters,
          nodes: nodes.map(({ cpus }) => cpus),
          interval,
          source: isReplay ? "replay" : "live",
          dryRun: dryRun || targets.length === 0,
          began: new Date().toISOString(),
        }),
      );
      if (isProbeWanted && !isReplay && policy === "las-robust") {
        const probe = tryProbe(nodes, note);
        if (probe !== undefined) opened.push(probe.stop);
      }
    },
    write(decision, { sample, stat, work }) {
      writeLog(decisionsLine(decision));
      writeRecord(recordingLine(sample.seconds, stat, work));
    },
    close() {
      for (const close of opened) close();
    },
  };
}

function tryProbe(nodes: readonly Node[], note: (line: string) => void): Probe | undefined {
  const obstacle = probeObstacle();
  if (obstacle === undefined) return startProbe(nodes);
  note(
    `no probe: ${obstacle}; idle nodes stay unknown and are no targets (--set unknown=0 treats them as ` +
      "free of steal)",
  );
  return undefined;
}

function createShow(nodes: readonly Node[], { stdout, stderr }: Streams): (decision: LoggedDecision) => void {
  if (stderr.isTTY !== true) return (decision) => void stdout.write(`${decisionLine(decision)}\n`);
  const redraw = createRedraw(
    (text) => stderr.write(text),
    () => stderr.columns,
  );
  return (decision) => {
    redraw(decisionTable(decision, nodes));
  };
}
