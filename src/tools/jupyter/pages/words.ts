/** The texts of pages around the cells of notebooks, in both languages. */
import type { Language } from "../../../charts/figure.js";

const en = {
  lead:
    "A lab for cluster scheduling: it replays the trace of a cluster under many policies, and compares how " +
    "busy and how evenly loaded machines are, what latency-critical work suffers, and what migrations cost.",
  contents: "Contents",
  parameters: "Parameters",
  code: "Code",
  showCode: "Show all code",
  hideCode: "Hide all code",
  notebook: "Notebook",
  all: "All notebooks",
  failed: "A cell of this notebook failed",
  error: "the error",
  madeBy: "Made by",
  commit: "commit",
  provenance: "Where the numbers are from.",
};

const zh: typeof en = {
  lead:
    "集群调度实验平台：在多种策略下重放集群轨迹，比较机器的忙闲与均衡程度、时延敏感型任务所受的影响，" +
    "以及迁移的代价。",
  contents: "目录",
  parameters: "参数",
  code: "代码",
  showCode: "显示全部代码",
  hideCode: "隐藏全部代码",
  notebook: "笔记本",
  all: "全部笔记本",
  failed: "本笔记本有一个单元运行失败",
  error: "错误信息",
  madeBy: "生成命令",
  commit: "提交",
  provenance: "数据来源：",
};

export type PageWords = typeof en;

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = { en, zh };
