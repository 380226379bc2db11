/** How `schedlab balance` shows a decision: as a table that is redrawn in a terminal, else as a line. */
import { formatCpuList } from "../balance/cpu-list.js";
import type { LoggedDecision } from "../../systems/giantvm/decide/decisions.js";
import type { Node } from "../balance/topology.js";
import { formatCell, textTable } from "./text-table.js";

/** Returns a table with one row per node, and the decision below it. */
export function decisionTable(decision: LoggedDecision, nodes: readonly Node[]): string {
  const rows = decision.readings.map((reading, node) => ({
    node,
    cpus: formatCpuList(nodes[node].cpus),
    "steal ticks": known(reading.stealTicks),
    "steal %": known(100 * reading.stealShare),
    "busy %": known(100 * reading.busyShare),
    work: decision.work
      .filter((work) => work.node === node)
      .map(({ id }) => id)
      .join(", "),
  }));
  const scattered = decision.work.filter(({ node }) => node === -1).map(({ id }) => id);
  const elsewhere = scattered.length === 0 ? "" : `on several nodes: ${scattered.join(", ")}\n`;
  return `${textTable(rows)}${elsewhere}${outcome(decision)}\n`;
}

/** Returns a decision as one line without its line feed. */
export function decisionLine(decision: LoggedDecision): string {
  const steal = decision.readings.map(({ stealTicks }) => formatCell(known(stealTicks)) || "?").join(" ");
  return `${decision.seconds.toFixed(1)} s  steal ${steal}  ${outcome(decision)}`;
}

/**
 * Returns a function that draws a text over the previous one. Lines are cut to the terminal's width, because
 * wrapped lines would break the redrawing.
 */
export function createRedraw(
  write: (text: string) => void,
  columns: () => number | undefined,
): (text: string) => void {
  let lines = 0;
  return (text) => {
    const up = lines === 0 ? "" : `\x1b[${lines}A\x1b[J`;
    const cut = text.split("\n").map((line) => line.slice(0, columns()));
    lines = cut.length - 1;
    write(`${up}${cut.join("\n")}`);
  };
}

function outcome({ reason, moves }: LoggedDecision): string {
  const made = moves.map(({ work, from, to, error }) => {
    const source = from === -1 ? "" : `from node ${from} `;
    return `${work} ${source}to node ${to}${error === undefined ? "" : ` FAILED: ${error}`}`;
  });
  return made.length === 0 ? reason : `${reason}; moved ${made.join(", ")}`;
}

function known(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
