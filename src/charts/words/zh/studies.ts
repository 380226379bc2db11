/** The Chinese texts of charts of many runs. */
import type { en } from "../en/studies.js";

export const zh: typeof en = {
  bands: {
    title: (label) => `${label}随时间的变化（多次重复）`,
    caption: (label) => `每一步的${label}。曲线为各次重复的中位数，色带为上下四分位数之间。`,
    q25: "下四分位数",
    median: "中位数",
    q75: "上四分位数",
    says: (label, low, lowest, high, highest) =>
      `${label}的时间均值：${lowest} 最低，为 ${low}；${highest} 最高，为 ${high}。`,
    saysSame: (label, value) => `${label}的时间均值在各策略下均为 ${value}。`,
  },
  differences: {
    caption: (label, baseline) =>
      `${label}与同一次重复中 ${baseline} 之差。曲线为各次重复的中位数，色带为上下四分位数之间。`,
    says: (label, baseline, difference, policy, hours) =>
      `${label}：与 ${baseline} 之差的中位数最大为 ${difference}（${policy}，时刻 ${hours}）。`,
    saysNothing: (label, baseline) => `${label}：与 ${baseline} 之差的中位数始终为 0。`,
  },
  forest: {
    title: (label, baseline) => `${label}：与 ${baseline} 的差异`,
    titleOfAll: (baseline) => `与 ${baseline} 的差异`,
    figure: () => "",
    caption: (baseline) =>
      `各策略与 ${baseline} 的配对差异：均值与 95 % 自助法区间。彩色：经 Holm 校正后在 5 % ` +
      "水平上有差异；灰色：未见差异。",
    method: (policies) => `Holm 校正针对 ${policies} 种策略；未见差异不等于没有差异。`,
    axis: (label) => `${label}之差`,
    difference: "差异",
    p: "p 值（Holm）",
    verdict: "结论",
    verdicts: {
      lower: "更低",
      higher: "更高",
      "no difference": "未见差异",
      "too few replicates": "重复次数不足",
    },
    compared: { lower: "更低", higher: "更高" },
    saysEven: (count, of, baseline) => `${of} 种策略中有 ${count} 种使机器负载比 ${baseline} 更均衡`,
    says: (count, of, label, compared, baseline) =>
      `${of} 种策略中有 ${count} 种的${label}比 ${baseline} ${compared}`,
    end: (said) => `${said}。`,
    noneWorse: (said, labels) => `${said}；其中没有一种在${labels}上明显变差。`,
    someWorse: (said, parts) => `${said}；其中明显变差：${parts}。`,
    worseIn: (count, label) => `${label} ${count} 种`,
    lcWork: "时延敏感型任务",
    delta: "差异",
    tooFew: "重复次数太少，无法区分各策略。",
  },
  comparison: {
    caption: "各调度策略对比；数值为各步均值。",
    methodOfMeans: "表中星号：配对差异，按策略数经 Holm 校正后 5 % 水平。",
    captionOfMeans: (baseline) =>
      `各调度策略对比：多次重复的均值 ± 95 % 自助法区间的较长半幅。*：与 ${baseline} 有差异（5 %，Holm）。`,
  },
  overview: {
    title: "均衡程度、代价与可承载的负载",
    caption: (level) =>
      `各机器的负载、基尼系数与迁移流量，以及时延敏感型（LC）任务新增违约为 ${level} ` +
      "时可承载的尽力而为型（BE）负载。连线与实心点：帕累托前沿；区间：95 % 自助法。",
    balance: "基尼系数与迁移流量",
    carried: (level) => `违约 ${level} 时承载的负载`,
    evens: (after, from, to, gb) =>
      `${after} 使机器负载更均衡（基尼系数由 ${from} 降至 ${to}），为此迁移 ${gb} GB。`,
    noneEvens: (before, gini) => `没有策略比 ${before} 使机器负载更均衡（基尼系数 ${gini}）。`,
    carries: (shared, separate, level, more) =>
      `LC 新增违约不超过 ${level} 时，混部机器可承载轨迹自身尽力而为型负载的 ${shared}，` +
      `分开部署为 ${separate}；` +
      (more.length === 0 ? "未能显示任何策略比不迁移承载更多。" : `${more.join("、")} 比不迁移承载更多。`),
    times: (low, high) => (low === high ? `${low} 倍` : `${low}～${high} 倍`),
  },
  capacity: {
    title: "承载能力",
    caption:
      "可承载的尽力而为型（BE）负载，为轨迹自身的倍数，其给时延敏感型（LC）" +
      "任务新增的违约不超过给定水平；多个种子的均值与 95 % 自助法区间。",
    aboutAtLeast: "空心标记：真值可能更高，因为某个种子承载了所尝试的最大倍数。",
    method:
      "可承载：未完成部分不超过其 5 %（或轨迹自身的 1 %）的最大倍数。新增违约为相对仅有 LC " +
      "时两项增量的较大者：" +
      "尾时延超出 SLO 的 LC 负载（M/G/m 排队模型）与 CPU 不足的 LC 任务步。独立机器：LC 与 BE " +
      "各用各的机器。完全均衡：BE 负载为没有申请量、内存与迁移代价的流体。",
    titleAt: (level) => `新增违约 ${level} 时承载的尽力而为型负载`,
    atLeast: "空心：至少。",
    carried: "承载的尽力而为型负载",
    axis: "尽力而为型负载（× 轨迹）",
    level: "允许新增的时延敏感型违约",
    limit: "限制因素",
    references: { "no-co-location": "分开部署", "perfectly-even": "完全均衡" },
    low: (label) => `${label}下端`,
    high: (label) => `${label}上端`,
  },
  assumptions: {
    title: "哪个假设最重要",
    caption:
      "建模所得的影响：每次只改变一个假设时，该策略与参照策略之差；误差线为 95 % 自助法区间。" +
      "竖线：默认设置下的影响。",
    method: "差值取自同一负载。使第一个指标变化最大的假设在最上方。不反映假设之间的交互作用。",
    most: (label, assumption) => `对${label}的影响最取决于${assumption}。`,
    unchanged: (labels) => `没有假设改变对${labels.join("、")}的影响。`,
    row: (assumption, setting) => `${assumption}：${setting}`,
    effect: "影响",
    setting: "取值",
    names: {
      lcRule: "LC 规则",
      sharing: "CPU 共享",
      order: "任务先后顺序",
      migrationSize: "机器内存",
      interval: "决策间隔（步）",
      staleness: "观测延迟（步）",
    },
  },
};
