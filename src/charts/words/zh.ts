/** What built-in charts say in Chinese; `en.ts` has the same in English. */
import type { Phrases } from "./en.js";

export const zh: Phrases = {
  build: {
    overTime: (y) => `${y}随时间的变化`,
    against: (y, x) => `${y}与${x}`,
    sentence: (title) => `${title}。`,
    and: (names) => names.join("、"),
    marks: { lines: "曲线", bands: "色带", points: "颜色", bars: "颜色", cells: "颜色", intervals: "颜色" },
    onePer: (mark, color) => `按${color}区分${mark}。`,
    onePanel: (facet) => `按${facet}分图。`,
    cells: (fill) => `颜色表示${fill}。`,
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
};
