/** Draws the schedules of one graph under several orders. */
import { InputError } from "../../../base/errors.js";
import { keysOf } from "../../../base/known-keys.js";
import { arrange } from "../../../charts/build/arrange.js";
import { verticalLine } from "../../../charts/build/panels.js";
import { column } from "../../../charts/columns.js";
import { toText, type Figure, type Text, type Words } from "../../../charts/figure.js";
import { PALETTE, seriesStyle } from "../../../charts/looks.js";
import { barTrace, machineAxis, placeOnMachines, type BarPlace } from "../../../charts/machine-bars.js";
import { short } from "../../../charts/sentence-numbers.js";
import { fieldsOf, listOf, numberOf, objectOf } from "../check.js";
import { requireDag } from "../dag.js";
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
  readonly groups?: readonly Words[];
}

const OPTIONS = keysOf<DagTimelineOptions>({ bound: true, groupOf: true, groups: true });

/** Returns a color, and after all colors a hatching, too: 56 groups differ. */
function lookOf(group: number): { color: string; pattern: string } {
  const round = Math.floor(group / PALETTE.length);
  return { color: PALETTE[group % PALETTE.length], pattern: seriesStyle(round).pattern };
}

/** The largest number of tasks and of machines; a reader cannot distinguish more bars. */
const MOST = 5000;

/**
 * Returns the timeline of packings of one graph, one panel for each: a row for each machine with its tasks,
 * colored by stage or by the groups given; a dashed line is the bound. Throws InputError where there is no
 * packing, where they are of different graphs, for more than 5,000 tasks or machines, and for options out of
 * range.
 */
export function dagTimeline(packings: readonly Packing[], options: DagTimelineOptions = {}): Figure {
  const dag = checkPackings(packings);
  checkOptions(dag, options);
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

function checkPackings(packings: unknown): Packing["dag"] {
  const given = listOf("the list of packings", packings, "a list of what packDag returns");
  if (given.length === 0) throw new InputError("no packing to draw: give at least one");
  const dags = given.map((one, i) => {
    const { dag, machines } = objectOf(`packing ${i + 1}`, one, "what packDag returns");
    requireDag(dag, `dag of packing ${i + 1}`);
    numberOf("the number of machines to draw", machines, { min: 1, max: MOST });
    return dag;
  });
  if (dags.some((dag) => dag !== dags[0]))
    throw new InputError("the packings are of different graphs: give packings of one graph");
  if (dags[0].ids.length > MOST)
    throw new InputError(`${dags[0].ids.length} tasks are too many to draw: give at most ${MOST}`);
  return dags[0];
}

function checkOptions({ ids, stages }: Packing["dag"], options: DagTimelineOptions): void {
  const { bound, groupOf, groups } = fieldsOf("option", "dagTimeline", options, OPTIONS);
  if (bound !== undefined) numberOf("bound", bound);
  const most = groups === undefined ? stages.length : listOf("groups", groups, "a list of names").length;
  if (groupOf === undefined) return;
  const given = listOf("groupOf", groupOf, "a list with the place in groups for each task");
  ids.forEach((id, t) => numberOf(`groupOf of task ${id}`, given[t], { max: most - 1, whole: true }));
}

function panelOf(packing: Packing, end: number, options: DagTimelineOptions): Figure {
  const { dag, order, machines, start } = packing;
  const { bound, groupOf = dag.stage } = options;
  const groups = (options.groups ?? dag.stages).map(toText);
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
        { name, ...lookOf(group), label: ({ task }) => dag.ids[task] },
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
