import type { Run } from "../simulate/simulate.js";
import { joinTexts } from "./captions.js";
import type { Figure, JsonObject } from "./figure.js";
import { LABELS } from "./labels.js";
import { linesOverTime, stepSource, type LineSource } from "./lines-over-time.js";

const CUMULATIVE: LineSource = {
  name: "cumulativeGb",
  quantity: { label: { en: "Traffic so far", zh: "累计迁移流量" }, unit: "GB", scale: 1e-9 },
  values: (run) => runningSum(run.steps.bytes),
};

/**
 * Returns the chart of what migrations cost the network, in two panels: traffic summed from the start in GB, and the
 * share of all links' capacity that it takes in each step. One line per policy. Throws InputError for no run.
 */
export function migrationTraffic(runs: readonly Run[]): Figure {
  const total = linesOverTime(runs, CUMULATIVE);
  const share = linesOverTime(runs, stepSource("linkShare"), { yaxis: "y2", showlegend: false });
  const onSharedAxis = (trace: JsonObject): JsonObject => ({ ...trace, xaxis: "x" });
  return {
    name: "migration-traffic",
    title: { en: "Migration traffic and link share", zh: "迁移流量与链路占用率" },
    caption: joinTexts(
      {
        en:
          "Top: bytes that migrations sent since the start (1 GB = 10⁹ bytes). Bottom: the same " +
          "per step, as a share of what all machines' links can carry. Traffic is modelled from " +
          "the memory of the tasks that moved; the trace hides the machines' size, so bytes scale " +
          "with the assumed reference memory.",
        zh: "上：自开始以来迁移发送的字节数（1 GB = 10⁹ 字节）。下：每一步的迁移流量占所有机器链路容量的比例。流量由被迁移任务的内存按模型计算；轨迹隐去了机器的绝对规格，字节数与假定的参考内存成正比。",
      },
      total.caption,
    ),
    data: [...total.traces, ...share.traces].map(onSharedAxis),
    layout: {
      xaxis: { ...total.axis.layout, anchor: "y2" },
      yaxis: { title: { en: "Traffic (GB)", zh: "流量（GB）" }, domain: [0.55, 1], rangemode: "tozero" },
      yaxis2: {
        title: { en: "Link share (%)", zh: "链路占用率（%）" },
        domain: [0, 0.45],
        rangemode: "tozero",
        anchor: "x",
      },
    },
    aspect: 0.9,
    table: {
      name: "migration-traffic",
      caption: { en: "Migration traffic", zh: "迁移流量" },
      columns: [...total.table.columns, { ...share.table.columns[2], label: LABELS.linkShare.label }],
    },
  };
}

function runningSum(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => (sum += value));
}
