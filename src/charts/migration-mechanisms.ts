/** Charts of what it costs to move one task: stop rules, closed forms, mechanisms, measurements. */
import { MEASURED_MIGRATIONS } from "../cluster/migration/measured.js";
import { MIGRATIONS, type Circumstances } from "../cluster/migration/presets.js";
import type { ClosedFormRow, MechanismRow, StopRuleRow } from "../cluster/migration/study.js";
import { joinTexts } from "./captions.js";
import { curvesFigure, scaleOf, type Curve } from "./curves.js";
import { column } from "./columns.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { axisTitle, type Quantity } from "./labels.js";
import { seriesStyle } from "./theme.js";

/** What the charts draw of a migration. */
const QUANTITIES = {
  rounds: quantity("Rounds", "拷贝轮数", ""),
  bytes: quantity("Bytes sent", "发送数据量", "GB", 1e-9),
  seconds: quantity("Total time", "总时间", "s"),
  downtime: quantity("Downtime", "停机时间", "s"),
  lost: quantity("Time lost to the task", "任务损失的时间", "s"),
} as const;

const LAMBDA = quantity("Dirty rate / bandwidth", "脏页速率 / 带宽", "");

const RULE_NAMES: Readonly<Record<string, Text>> = {
  plain: { en: "Downtime goal", zh: "停机目标" },
  xen: { en: "Xen", zh: "Xen" },
  qemu: { en: "QEMU", zh: "QEMU" },
  thesis: { en: "Thesis", zh: "论文" },
};

const RULES: Text = { en: "Stop rules", zh: "停止规则" };

/**
 * Returns the chart of a quantity of pre-copy against the dirty rate, a curve for each set of stop rules.
 *
 * @param about What was moved, over which network, for the caption.
 */
export function stopRules(
  rows: readonly StopRuleRow[],
  name: "rounds" | "bytes" | "seconds" | "downtime",
  about: Text,
): Figure {
  const y = QUANTITIES[name];
  return curvesFigure(
    groupCurves(
      rows,
      ({ rules }) => RULE_NAMES[rules],
      ({ lambda }) => lambda,
      (row) => row[name],
    ),
    {
      name: `stop-rules-${name}`,
      title: { en: `${y.label.en} of pre-copy, by stop rules`, zh: `不同停止规则下预拷贝的${y.label.zh}` },
      caption: joinTexts(
        {
          en:
            "Pre-copy, modelled, under four sets of stop rules. Downtime goal: stops when the rest " +
            "fits .3 s or a round no longer helps. Xen: 100 to 500 Mbit/s, 29 rounds, three times " +
            "the memory. QEMU: the downtime goal, and takes CPU from the task until it is met. " +
            "Thesis: until a round resends no fewer pages than the one before.",
          zh:
            "四种停止规则下预拷贝迁移的建模结果。停机目标：剩余数据可在 0.3 " +
            "秒内传完或继续拷贝已无益时停止。Xen：100–500 Mbit/s，至多 29 轮或三倍内存。" +
            "QEMU：停机目标，并限制任务的 CPU 直到达到目标。论文：直到某一轮重传的页不少于上一轮。",
        },
        about,
      ),
      x: LAMBDA,
      y,
      series: RULES,
      yScale: name === "rounds" ? "linear" : "log",
    },
  );
}

/** Returns the chart of simulated pre-copy (points) on its closed form (lines): total time and downtime. */
export function closedFormCheck(rows: readonly ClosedFormRow[], about: Text): Figure {
  const x = rows.map(({ lambda }) => lambda);
  const curve = (
    key: "seconds" | "closedSeconds" | "downtime" | "closedDowntime",
    en: string,
    zh: string,
  ): Curve => ({
    name: { en, zh },
    x,
    y: rows.map((row) => row[key]),
    mode: key.startsWith("closed") ? "lines" : "markers",
  });
  return curvesFigure(
    [
      curve("closedSeconds", "Total, formula", "总时间，公式"),
      curve("seconds", "Total, simulated", "总时间，仿真"),
      curve("closedDowntime", "Downtime, formula", "停机时间，公式"),
      curve("downtime", "Downtime, simulated", "停机时间，仿真"),
    ],
    {
      name: "pre-copy-closed-form",
      title: { en: "Pre-copy and its closed form", zh: "预拷贝及其闭式解" },
      caption: joinTexts(
        {
          en:
            "Pre-copy as modelled round by round, and the geometric series for as many rounds (Liu " +
            "et al., HPDC 2011). The downtime jumps where one more round is needed.",
          zh: "逐轮建模的预拷贝，以及相同轮数的几何级数闭式解（Liu 等，HPDC 2011）。需要多一轮时停机时间发生跳变。",
        },
        about,
      ),
      x: LAMBDA,
      y: quantity("Time", "时间", "s"),
      series: { en: "Quantity", zh: "数量" },
      yScale: "log",
    },
  );
}

/** Returns the chart of a quantity against the memory that the task holds, a curve for each way to move it. */
export function mechanismsByMemory(
  rows: readonly MechanismRow[],
  name: "bytes" | "seconds" | "downtime" | "lost",
  about: Text,
): Figure {
  const y = QUANTITIES[name];
  return curvesFigure(
    groupCurves(
      rows,
      ({ migration }) => same(migration),
      ({ memory }) => memory,
      (row) => row[name],
    ),
    {
      name: `mechanisms-${name}`,
      title: { en: `${y.label.en} by way to move a task`, zh: `不同迁移机制的${y.label.zh}` },
      caption: joinTexts(
        {
          en: "All costs are modelled. What is 0 is not on a logarithmic axis.",
          zh: "建模结果。对数坐标上不显示零值。",
        },
        name === "lost"
          ? {
              en: "Time lost: downtime, and waits for pages that are not there yet.",
              zh: "损失的时间：停机时间与等待缺页的时间。",
            }
          : { en: "", zh: "" },
        about,
      ),
      x: quantity("Memory of the task", "任务内存", "GB", 1e-9),
      y,
      series: { en: "Migration", zh: "迁移机制" },
      xScale: "log",
      yScale: "log",
    },
  );
}

/**
 * Returns the chart of what nine applications were measured to send when they moved, inside a GiantVM and
 * with a virtual machine, beside what the model's presets `giantvm` and `vm` send for the same working sets.
 */
export function measuredMigrations(circumstances: Circumstances): Figure {
  const modelled = (name: "giantvm" | "vm"): number[] =>
    MEASURED_MIGRATIONS.map(
      ({ workingSet }) => MIGRATIONS[name].cost(workingSet * 1e6, circumstances).bytes / 1e6,
    );
  const series = [
    { en: "GiantVM, measured", zh: "GiantVM 实测", mb: MEASURED_MIGRATIONS.map(({ giantVm }) => giantVm) },
    { en: "VM, measured", zh: "虚拟机实测", mb: MEASURED_MIGRATIONS.map(({ vm }) => vm) },
    { en: "GiantVM, modelled", zh: "GiantVM 模型", mb: modelled("giantvm") },
    { en: "VM, modelled", zh: "虚拟机模型", mb: modelled("vm") },
  ];
  const applications = MEASURED_MIGRATIONS.map(({ application }) => application);
  const traffic = quantity("Traffic of one move", "单次迁移流量", "MB");
  const title: Text = { en: "Measured and modelled traffic of a move", zh: "一次迁移的实测与建模流量" };
  return {
    name: "measured-migrations",
    title,
    caption: {
      en:
        "Filled: measured by the authors of GiantVM (TACO 2022, their plotting data), the target " +
        "visited before; the virtual machine by QEMU 2.8 post-copy. Hollow: modelled from the " +
        "application's working set, with two numbers fitted to the same data: the median share " +
        "of the working set that moves in a GiantVM, and the median of what a virtual machine " +
        "moves besides. 7-Zip sent 2.6 times its working set, so its pages travelled more than " +
        "once: that is out of the model's reach.",
      zh:
        "实心点：GiantVM 作者实测（TACO 2022 绘图数据），目标节点曾被访问过；虚拟机采用 QEMU 2.8 " +
        "后拷贝。空心点：由应用的工作集建模，其中两个数值按同一数据拟合：GiantVM " +
        "中迁移的工作集比例的中位数，以及虚拟机额外迁移量的中位数。7-Zip 的流量为其工作集的 2.6 " +
        "倍，即页被多次传输，超出模型范围。",
    },
    data: series.map(({ en, zh, mb }, i): JsonObject => {
      const { color, symbol } = seriesStyle(i % 2);
      return {
        type: "scatter",
        mode: "markers",
        name: { en, zh },
        x: mb,
        y: applications,
        marker: { symbol, size: 7, color: i < 2 ? color : "#ffffff", line: { color, width: 1.3 } },
        cliponaxis: false,
        hovertemplate: "%{fullData.name}<br>%{y}: %{x:.4~g} MB<extra></extra>",
      };
    }),
    layout: {
      xaxis: {
        title: axisTitle(traffic),
        ...scaleOf(
          "log",
          series.flatMap(({ mb }) => mb),
        ),
        showgrid: true,
      },
      yaxis: {
        title: { en: "Application", zh: "应用程序" },
        type: "category",
        autorange: "reversed",
        nticks: 0,
        dtick: 1,
      },
    },
    aspect: 0.8,
    table: {
      name: "measured-migrations",
      caption: title,
      columns: [
        column("application", { en: "Application", zh: "应用程序" }, "", applications),
        column(
          "workingSet",
          { en: "Working set", zh: "工作集" },
          "MB",
          MEASURED_MIGRATIONS.map((row) => row.workingSet),
        ),
        ...series.map(({ en, zh, mb }) => column(en, { en, zh }, "MB", mb)),
      ],
    },
  };
}

function groupCurves<T>(
  rows: readonly T[],
  nameOf: (row: T) => Text,
  x: (row: T) => number,
  y: (row: T) => number,
): Curve[] {
  const names = [...new Map(rows.map((row) => [nameOf(row).en, nameOf(row)])).values()];
  return names.map((name) => {
    const own = rows.filter((row) => nameOf(row).en === name.en).sort((a, b) => x(a) - x(b));
    return { name, x: own.map(x), y: own.map(y) };
  });
}

function same(text: string): Text {
  return { en: text, zh: text };
}

function quantity(en: string, zh: string, unit: string, scale = 1): Quantity {
  return { label: { en, zh }, unit, scale };
}
