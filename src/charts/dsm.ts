/** Charts of distributed shared memory: transports, patterns of sharing, kernels. */
import type { KernelRow, PatternRow, ThrashingRow } from "../giantvm/dsm/study.js";
import { MEASURED_TRANSPORTS, REQUEST_BYTES, TRANSPORTS, type Transport } from "../giantvm/dsm/transports.js";
import { curvesFigure } from "./curves.js";
import type { Figure, Text } from "./figure.js";
import { groupedBars } from "./grouped-bars.js";
import type { Quantity } from "./labels.js";

const TRANSPORT: Text = { en: "Transport", zh: "传输方式" };

const SLOWDOWN: Quantity = {
  label: { en: "Slowdown of memory", zh: "访存减速比" },
  unit: "×",
  scale: 1,
};

const PATTERN_NAMES: Readonly<Record<PatternRow["pattern"], Text>> = {
  private: { en: "private", zh: "私有" },
  "read-shared": { en: "read-shared", zh: "只读共享" },
  "false-sharing": { en: "false sharing", zh: "伪共享" },
  "ping-pong": { en: "ping-pong", zh: "乒乓" },
  thrashing: { en: "thrashing", zh: "颠簸" },
};

/** Returns the chart of how long a request of the DSM takes by its size, as measured, over the three transports. */
export function transportLatency(): Figure {
  return curvesFigure(
    TRANSPORTS.map((transport) => ({
      name: nameOf(transport),
      x: REQUEST_BYTES,
      y: MEASURED_TRANSPORTS[transport].micros,
    })),
    {
      name: "dsm-transport-latency",
      title: { en: "Latency of a DSM request", zh: "DSM 请求时延" },
      caption: {
        en:
          "Mean latency, measured by the authors of GiantVM (TACO 2022, their plotting data): RDMA " +
          "and IPoIB over 56 Gbit/s InfiniBand, TCP over Gigabit Ethernet. A page is 4 KiB. That " +
          "TCP takes longer for it than for 8 KiB is as measured.",
        zh:
          "GiantVM 作者实测的平均时延（TACO 2022 绘图数据）：RDMA 与 IPoIB 使用 56 Gbit/s " +
          "InfiniBand，TCP 使用千兆以太网。一页为 4 KiB；TCP 传输 4 KiB 慢于 8 KiB 为实测结果。",
      },
      x: { label: { en: "Request", zh: "请求大小" }, unit: "KiB", scale: 1 / 1024 },
      y: { label: { en: "Latency", zh: "时延" }, unit: "μs", scale: 1 },
      series: TRANSPORT,
      xScale: "log",
      yScale: "log",
    },
  );
}

/** Returns the chart of how much slower memory becomes with each pattern of sharing, one bar per transport. */
export function sharingPatterns(rows: readonly PatternRow[], about: Text): Figure {
  const patterns = [...new Set(rows.map(({ pattern }) => pattern))];
  return groupedBars(
    patterns.map((pattern) => PATTERN_NAMES[pattern]),
    transportsOf(rows).map((transport) => ({
      name: nameOf(transport),
      values: patterns.map(
        (pattern) =>
          rows.find((row) => row.pattern === pattern && row.transport === transport)?.slowdown ?? NaN,
      ),
    })),
    {
      name: "dsm-sharing-patterns",
      title: { en: "What sharing does to memory", zh: "共享方式对访存的影响" },
      caption: {
        en:
          "Mean time of an access over that of one to the node's own memory (60 ns), modelled from " +
          `measured latencies. ${about.en}`,
        zh: `平均访存时间与访问本节点内存（60 ns）之比，由实测时延建模所得。${about.zh}`,
      },
      category: { en: "Pattern of sharing", zh: "共享方式" },
      series: TRANSPORT,
      y: SLOWDOWN,
      scale: "log",
    },
  );
}

/** Returns the chart of page thrashing: how much slower shared pages become as more accesses are writes. */
export function thrashingByWrites(rows: readonly ThrashingRow[], about: Text): Figure {
  return curvesFigure(
    transportsOf(rows).map((transport) => {
      const own = rows.filter((row) => row.transport === transport);
      return {
        name: nameOf(transport),
        x: own.map(({ writeShare }) => writeShare),
        y: own.map(({ slowdown }) => slowdown),
      };
    }),
    {
      name: "dsm-thrashing",
      title: { en: "Page thrashing", zh: "页面颠簸" },
      caption: {
        en:
          "All nodes use the same pages: time of an access over a local one, modelled from " +
          `measured latencies, by the share of writes. ${about.en}`,
        zh: `所有节点访问相同的页：平均访存时间与本地访存之比（由实测时延建模所得）随写操作占比的变化。${about.zh}`,
      },
      x: { label: { en: "Writes", zh: "写操作占比" }, unit: "%", scale: 100 },
      y: SLOWDOWN,
      series: TRANSPORT,
      xScale: "log",
      yScale: "log",
    },
  );
}

/** How many times faster Barrelfish's web server was than Linux's on GiantVM (Zhang et al., VEE 2020, abstract). */
export const PUBLISHED_KERNEL_GAP = 6.4;

/**
 * Returns the chart of how many times faster a web server is on a multikernel than on a monolithic kernel, by the
 * share of its memory accesses that go to kernel data; a curve a number of nodes, and the published factor.
 */
export function kernelGap(rows: readonly KernelRow[], about: Text): Figure {
  const drawn = rows.filter(({ kernel }) => kernel === "monolithic");
  const sharing = [...new Set(drawn.map((row) => row.sharing))].sort((a, b) => a - b);
  const nodes = [...new Set(drawn.map((row) => row.nodes))];
  return curvesFigure(
    [
      ...nodes.map((count) => {
        const own = drawn.filter((row) => row.nodes === count).sort((a, b) => a.sharing - b.sharing);
        return {
          name: { en: `${count} nodes`, zh: `${count} 个节点` },
          x: own.map((row) => row.sharing),
          y: own.map((row) => row.gap),
        };
      }),
      {
        name: { en: `measured: ${PUBLISHED_KERNEL_GAP}×`, zh: `实测：${PUBLISHED_KERNEL_GAP}×` },
        x: [sharing[0], sharing[sharing.length - 1]],
        y: [PUBLISHED_KERNEL_GAP, PUBLISHED_KERNEL_GAP],
        mode: "lines" as const,
      },
    ],
    {
      name: "dsm-kernel-gap",
      title: { en: "Multikernel over monolithic kernel", zh: "多内核相对宏内核的加速" },
      caption: {
        en:
          "Throughput of a web server on a multikernel over that on a monolithic kernel, modelled. " +
          "How much a request shares is an assumption, varied along the axis; the horizontal line " +
          `is the factor measured by Zhang et al. (VEE 2020), Barrelfish over Linux. ${about.en}`,
        zh:
          "Web 服务器在多内核上的吞吐与宏内核上的吞吐之比，建模所得。每个请求的共享程度为假设值，" +
          "沿横轴变化；水平线为 Zhang 等（VEE 2020）实测的 Barrelfish 相对 Linux 的倍数。" +
          about.zh,
      },
      x: { label: { en: "Accesses to kernel data", zh: "访问内核数据的比例" }, unit: "%", scale: 100 },
      y: { label: { en: "Multikernel / monolithic", zh: "多内核 / 宏内核" }, unit: "×", scale: 1 },
      series: { en: "Nodes", zh: "节点数" },
    },
  );
}

function transportsOf(rows: readonly { readonly transport: Transport }[]): Transport[] {
  return TRANSPORTS.filter((transport) => rows.some((row) => row.transport === transport));
}

function nameOf(transport: Transport): Text {
  const { name } = MEASURED_TRANSPORTS[transport];
  return { en: name, zh: name };
}
