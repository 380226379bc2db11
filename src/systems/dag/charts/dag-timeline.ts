/** Draws the schedules of one graph under several orders. */
import { InputError } from "../../../base/errors.js";
import { arrange } from "../../../charts/build/arrange.js";
import { verticalLine } from "../../../charts/build/panels.js";
import { column } from "../../../charts/columns.js";
import { toText, type Figure, type Text } from "../../../charts/figure.js";
import { PALETTE } from "../../../charts/looks.js";
import { barTrace, machineAxis, placeOnMachines, type BarPlace } from "../../../charts/machine-bars.js";
import { short } from "../../../charts/sentence-numbers.js";
import type { Packing } from "../packing.js";

interface Bar extends BarPlace {
  readonly task: number;
  readonly machine: number;
  readonly from: number;
  readonly to: number;
}

export interface DagTimelineOptions {
  /** A line at this time: a lower bound of the makespan. Default: none. */
  readonly bound?: number;
  /** What the bars of each task are colored by: a place in `groups`. Default: its stage. */
  readonly groupOf?: ArrayLike<number>;
  /** Names of the groups, as in the legend. */
  readonly groups?: readonly Text[];
}

/** The largest number of tasks; a reader cannot distinguish more bars. */
const MOST = 5000;

/**
 * Returns the timeline of packings of one graph, one panel for each: a row for each machine with its tasks,
 * colored by stage or by the groups given; a dashed line is the bound. Throws InputError where there is no
 * packing, where they are of different graphs, and for more than 5,000 tasks.
 */
export function dagTimeline(packings: readonly Packing[], options: DagTimelineOptions = {}): Figure {
  if (packings.length === 0) throw new InputError("no packing to draw: give at least one");
  const [{ dag }] = packings;
  if (packings.some((packing) => packing.dag !== dag))
    throw new InputError("the packings are of different graphs: give packings of one graph");
  if (dag.ids.length > MOST)
    throw new InputError(`${dag.ids.length} tasks are too many to draw: give at most ${MOST}`);
  const end = Math.max(...packings.map(({ makespan }) => makespan));
  const each = packings.map(({ order, makespan }) => `${order} ${short(makespan)} s`).join(", ");
  const { bound } = options;
  const least: Text =
    bound === undefined
      ? toText("")
      : {
          en: `; no schedule ends before ${short(bound)} s`,
          zh: `；任何调度都不早于 ${short(bound)} s 结束`,
        };
  return arrange(
    packings.map((packing) => panelOf(packing, end, options)),
    {
      name: "dag-timeline",
      title: { en: "One graph under several orders", zh: "同一任务图在多种顺序下的调度" },
      says: { en: `Ends: ${each}${least.en}`, zh: `结束时间：${each}${least.zh}` },
      caption: {
        en: "Each row is a machine, each bar a task; tasks beside each other share the machine. Modelled.",
        zh: "每行为一台机器，每条为一个任务；并列的任务共享机器。建模结果。",
      },
      across: Math.min(2, packings.length),
      share: "both",
    },
  );
}

function panelOf(packing: Packing, end: number, options: DagTimelineOptions): Figure {
  const { dag, order, machines, start } = packing;
  const { bound, groupOf = dag.stage, groups = dag.stages.map(toText) } = options;
  const machine: Text = { en: "Machine", zh: "机器" };
  const bars: Bar[] = placeOnMachines(
    Array.from(start, (from, task) => ({
      task,
      machine: packing.machine[task],
      from,
      to: packing.end[task],
    })),
    machines,
  );
  return {
    name: order,
    title: toText(order),
    caption: toText(""),
    data: groups.map((name, group) =>
      barTrace(
        bars.filter(({ task }) => groupOf[task] === group),
        { name, color: PALETTE[group % PALETTE.length], label: ({ task }) => dag.ids[task] },
      ),
    ),
    layout: {
      xaxis: { title: { en: "Time (s)", zh: "时间（s）" }, range: [0, end] },
      yaxis: machineAxis(machine, machines),
      ...(bound !== undefined && { shapes: [verticalLine(bound)({ xAxis: 1, yAxis: 1 })] }),
    },
    aspect: 0.6,
    table: {
      name: "dag-timeline",
      caption: machine,
      columns: [
        column("task", { en: "Task", zh: "任务" }, "", dag.ids),
        column(
          "group",
          { en: "Group", zh: "分组" },
          "",
          Array.from(start, (_, task) => groups[groupOf[task]].en),
        ),
        column("machine", machine, "", Array.from(packing.machine, String)),
        column("from", { en: "From", zh: "开始" }, "s", start),
        column("to", { en: "To", zh: "结束" }, "s", packing.end),
      ],
    },
  };
}
