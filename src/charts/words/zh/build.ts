/** The Chinese texts of what all charts have in common. */
import type { en } from "../en/build.js";

export const zh: typeof en = {
  common: {
    policy: "调度策略",
    time: "时间",
    hours: "时间（小时）",
    days: "时间（天）",
    series: "序列",
    group: "分组",
    panel: "子图",
    chart: "图",
  },
  captions: {
    boundsShort: (names) => `预知未来的界限：${names.join("、")}。`,
    bothForms: "用量在部分仿真中实测、部分中建模。",
    basis: { measured: "用量为实测。", modelled: "用量为建模所得。", mixed: "用量部分实测、部分建模。" },
    trace: (name) => `“${name}” 轨迹`,
    traces: { synthetic: "合成轨迹", google2011: "Google 2011 轨迹", planetlab: "PlanetLab 轨迹" },
    usage: {
      measured: "资源用量为轨迹实测",
      modelled: "资源用量按公开统计数据建模，并非实测",
      mixed: "资源用量部分实测、部分建模",
    },
    origin: (trace, machines, seed, usage, rule) =>
      `${trace}，${machines} 台机器${seed === undefined ? "" : `，负载种子 ${seed}`}；${usage}；` +
      `时延敏感型任务按规则 ${rule} 划分。`,
    upTo: (machines) => `至多 ${machines}`,
    model: (sharing, migration, seed) =>
      `仿真采用 ${sharing} 共享方式与 ${migration} 迁移模型` +
      `${migration === "free" ? "（不现实，仅供比较）" : ""}${seed === undefined ? "" : `，种子 ${seed}`}。`,
    enforced: (broken) =>
      "任务等待其全部前驱任务结束后才开始" +
      `${broken === undefined ? "" : `；轨迹本身违反了其中 ${broken} 的依赖关系`}。`,
    enforcedInSome: "在部分仿真中，任务等待其全部前驱任务结束后才开始。",
    differentTraces: "各次仿真使用不同的负载。",
    differentSettings: "各次仿真的共享方式、迁移模型或种子不同。",
    bounds: (names) => `${names.join("、")} 预知未来，仅作为界限，无法实际部署。`,
    oneReplicate: "仅一次重复。",
    windows: (count, steps) => `重复 ${count} 次：同一轨迹中各 ${steps} 步的时间窗。`,
    seeds: (count, first, last) => `重复 ${count} 次（种子 ${first} 至 ${last}），各策略面对相同的负载。`,
    modelledTail: "时延敏感型任务的尾时延来自排队模型（M/G/m，精确 Erlang C），并非实测请求。",
    groups: (steps, minutes) => `每个点是 ${steps} 步（${minutes} 分钟）的均值。`,
  },
  build: {
    overTime: (y) => `${y}随时间的变化`,
    against: (y, x) => `${y}与${x}`,
    named: (label, value) => `${label}: ${value}`,
    sentence: (title) => `${title}。`,
    and: (names) => names.join("、"),
    list: (parts) => parts.join("、"),
    or: (parts) => parts.join("或"),
    marks: { lines: "曲线", bands: "色带", points: "颜色", bars: "颜色", cells: "颜色", intervals: "颜色" },
    onePer: (mark, color) => `按${color}区分${mark}。`,
    onePanel: (facet) => `按${facet}分图。`,
    error: (low, high) => `误差线：${low}至${high}。`,
    shade: (low, high) => `阴影：${low}至${high}。`,
    to: (low, high) => `${low}至${high}`,
    hollow: (column) => `空心：${column}。`,
    thinned: (count) => `每个点是相邻 ${count} 行的均值。`,
    notOnLog: "对数坐标上不显示不大于零的值。",
    undrawn: (panels) => `无取值，故未画图：${panels}。`,
    noValues: "无取值",
    noValuesHere: "没有可画的取值。",
    low: "区间下端",
    high: "区间上端",
  },
  groups: { prod: "生产", beb: "批处理", free: "免费", lc: "时延敏感型", be: "尽力而为型" },
  diagram: { text: "文字", from: "起点", to: "终点" },
  dataFlow: {
    title: "数据在实验平台中的流动",
    caption:
      "白色为数据，蓝色为平台的函数。负载由轨迹文件生成一次，每种策略由其得到一次仿真；" +
      "图只由表格绘制，并写成文件。",
    says: (policies, mechanisms) =>
      `${policies} 种策略与 ${mechanisms} 种迁移机制面对同一负载，每张图都由表格绘制。`,
    files: "轨迹\n文件",
    own: "自己的\n数据行",
    workload: "负载",
    policy: "调度策略",
    simulate: "simulate",
    run: "仿真",
    tables: "表格",
    charts: "图",
    written: "SVG, PDF,\nPNG, CSV",
    experiment: "experiment\n策略 × 种子",
    runs: "仿真结果表：\n每次一行",
    differences: "均值、\n差异",
    open: "读取",
    exported: "写出",
  },
};
