/** The Chinese texts of built-in charts; `en.ts` has the English ones. */
import type { Phrases } from "./en.js";

export const zh: Phrases = {
  common: {
    policy: "调度策略",
    time: "时间",
    hours: "时间（小时）",
    days: "时间（天）",
    series: "序列",
    group: "分组",
    panel: "子图",
  },
  captions: {
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
  overTime: { caption: (label) => `每一步的${label}。` },
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
    caption: (baseline, policies) =>
      `各策略与 ${baseline} 的配对差异：均值与 95% 自助法区间。彩色：` +
      `经 Holm 校正（${policies} 种策略）后在 5% ` +
      "水平上有差异；灰色：未见差异（不等于没有差异）。",
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
  gini: {
    title: "CPU 利用率基尼系数随时间的变化",
    caption: "每一步中各机器实际 CPU 利用率的基尼系数（总体形式；机器规格不同时按容量加权）。",
    hourly: "各点为每小时的中位数。",
    bound: "下界",
    cell: "Google 集群 2011",
    bands: {
      "highly even": "高度平均",
      "fairly even": "比较平均",
      medium: "一般",
      "large gap": "差距较大",
      "extremely uneven": "极不平均",
    },
    aboutBands: (mark) =>
      `灰色区域：论文 2.4 节划分的等级（按半开区间理解）；点划线：论文的均衡标准 ${mark}。`,
    aboutBound:
      "下界：时延敏感型负载不动、" +
      "尽力而为型负载可任意拆分时所能达到的最小值（注水法，" +
      "取第一个策略的负载）。",
    aboutCell: (range) => `“Google 集群 2011”：2011 年 5 月 Google 集群的实测范围 ${range.join("～")}。`,
    says: (first, of, best, ofBest, bound) =>
      `基尼系数的时间均值：${first} 为 ${of}，${best} 为 ${ofBest}；任何策略都不会低于 ${bound}。`,
    saysOfOne: (policy, of, bound, runs) =>
      `基尼系数的时间均值：${policy} ${runs > 1 ? "最低，" : ""}为 ${of}；任何策略都不会低于 ${bound}。`,
  },
  utilization: {
    title: (policy) => `机器 CPU 利用率：${policy}`,
    caption: (policy) =>
      `策略 ${policy} 下各机器实际获得的 CPU 占其容量的比例：每一步的加权均值、中位数与各分位数。`,
    says: (policy, low, high, mean) =>
      `${policy} 下，一半机器使用其 CPU 的 ${low} % 至 ${high} %，均值为 ${mean} %。`,
    wide: "机器 P5–P95",
    narrow: "P25–P75",
    median: "中位数",
    mean: "均值",
    axis: "CPU 利用率",
  },
  heatMap: {
    title: (policy) => `每台机器的 CPU 利用率：${policy}`,
    caption: (policy) => `策略 ${policy} 下各机器实际获得的 CPU 占其容量的比例，机器按均值排序。`,
    binned: (machines, steps) => `每格为 ${machines} 台机器、${steps} 步的均值。`,
    titleOfBoth: (policies) => `每台机器的 CPU 利用率：${policies.join("、")}及两者之差`,
    captionOfBoth: (policy) =>
      "各机器实际获得的 CPU 占其容量的比例，以及后者与前者之差（百分点）；" +
      `三幅图中机器均按 ${policy} 下的均值排序。`,
    difference: "差异",
    says: (policy, fullest, emptiest) =>
      `${policy} 下，最忙的十分之一机器平均使用其 CPU 的 ${fullest} %，最闲的十分之一使用 ${emptiest} %。`,
    saysOfBoth: (policy, fullest, emptiest) =>
      `${policy} 下，原先最忙的十分之一机器的 CPU 利用率由 ${fullest.join(" % 变为 ")} %，` +
      `最闲的十分之一由 ${emptiest.join(" % 变为 ")} %。`,
    rank: "机器排名",
    axis: "机器（按平均负载排序）",
  },
  use: {
    title: "CPU 的使用量、申请量与容量",
    caption: (policy) =>
      `策略 ${policy} 下时延敏感型（LC）与尽力而为型（BE）任务实际获得的 CPU（上下叠加），` +
      "对照机器上任务的申请量与在线机器的容量。",
    axis: "CPU 占容量比例（%）",
    lc: "时延敏感型",
    be: "尽力而为型",
    free: "空闲",
    used: "时延敏感型与尽力而为型",
    requested: "申请量",
    capacity: "容量",
    says: (requested, used, lc, be) =>
      `任务平均申请 ${requested} % 的 CPU，只使用 ${used} %：时延敏感型 ${lc} %，尽力而为型 ${be} %。`,
  },
  machineGrid: {
    title: (policies) => `每台机器的 CPU 使用：${policies.join("、")}`,
    caption: (policy) =>
      "每个方格为一台机器，自下而上以容量的十分之一为单位，" +
      "表示时延敏感型与尽力而为型任务获得的 CPU；白色：离线。" +
      `同一机器在各图中位置相同：按 ${policy} 下的平均负载逐行排列，左上角最忙。`,
    binned: (machines) => `每个方格为该次序中相邻 ${machines} 台机器的均值。`,
    shown: (hours) => `静态图：时刻 ${hours}（时:分），此时基尼系数相差最大；交互图带时间滑块。`,
    time: "时间（时:分）",
    axis: "机器（由忙到闲）",
    tile: "方格",
    machine: "机器",
    under: (percent, policy) => `${percent} %（${policy}）`,
    says: (hours, count, fullest, emptiest) =>
      `时刻 ${hours}，最忙的 ${count} 台机器使用其 CPU 的 ${fullest}，最闲的 ${count} 台使用 ${emptiest}。`,
  },
  timeline: {
    title: (machine) => `机器 ${machine} 上的任务`,
    caption: (machine) =>
      `每个横条为一个任务在机器 ${machine} 上的时间；同一行同时只有一个任务。` +
      "箭头：迁移（建模所得），数字为对方机器的编号。",
    use: "下：该机器分配给时延敏感型与尽力而为型任务的 CPU 占其容量的比例。",
    evicted: (count) => `未画出因机器事件失去机器的任务（整个集群共 ${count} 个），其位置没有记录。`,
    lanes: "任务（分行）",
    execution: "任务运行",
    from: "开始",
    to: "结束",
    came: "迁自",
    went: "迁往",
    hover: "任务运行 %{customdata}<extra></extra>",
    useTitle: "该机器的 CPU",
    said: (policy, away, to) =>
      away + to === 0 ? `${policy} 下没有迁移` : `${policy} 下迁出 ${away} 个任务、迁入 ${to} 个`,
    withLoad: (said, mean) => `${said}（平均负载 ${mean} %）`,
    says: (machine, parts) => `机器 ${machine}：${parts.join("；")}。`,
  },
  histogram: {
    title: "机器的负载分布",
    caption: "按在线期间平均 CPU 利用率统计的机器数。",
    captionAt: (hours) => `时刻 ${hours}（时:分）按 CPU 利用率统计的机器数。`,
    about: (bin) =>
      `组距为机器容量的 ${bin} %；点线：机器的均值；Gini：所画负载的基尼系数（总体形式）。` +
      "均值的基尼系数低于各步基尼系数的均值。",
    load: "CPU 利用率",
    machines: "机器数",
    series: (policy, gini) => `${policy}, Gini ${gini}`,
    mean: (percent) => `均值 ${percent} %`,
    meanAndGini: (percent, gini) => `均值 ${percent} %<br>Gini ${gini}`,
    halfOf: (low, high, policy, gini) =>
      `${low === high ? low : `${low} % 至 ${high}`} %（${policy}，基尼系数 ${gini}）`,
    says: (parts) => `一半机器的负载为 ${parts}。`,
  },
  lorenz: {
    title: "CPU 利用率的洛伦兹曲线",
    caption:
      "负载最轻的若干机器所承担的负载比例；对角线表示完全均衡。" +
      "G 为基尼系数（总体形式），即曲线与对角线之间面积的两倍。",
    series: (name, coefficient) => `${name}, G = ${coefficient}`,
    says: (most, ofMost, least, ofLeast) =>
      `负载较轻的一半机器承担 ${most} %（${ofMost}）或 ${least} %（${ofLeast}）的负载。`,
    saysOfOne: (share) => `负载较轻的一半机器承担 ${share} % 的负载。`,
    equal: "完全均衡",
    machines: "机器累计占比（由轻到重）",
    load: "CPU 负载累计占比",
  },
  qos: {
    title: (label) => `${label}的分布`,
    caption: (label) => `${label}不超过横轴取值的步数占比。`,
    says: (label, low, lowest, high, highest) =>
      `${label}的各步中位数：${lowest} 最低，为 ${low}；${highest} 最高，为 ${high}。`,
    saysSame: (label, value) => `${label}的各步中位数在各策略下均为 ${value}。`,
    saysNothing: (label) => `${label}在任何一步都没有定义。`,
    share: "不超过该值的步数占比",
    axis: "步数占比（%）",
  },
  tradeOff: {
    title: (y, x) => `${y}与${x}的权衡`,
    caption: (x, _ofX, y) =>
      `每个点为一种策略的整次仿真结果。横轴：${x}；纵轴：${y}；两者均越小越好。` +
      "连线为帕累托前沿（实心点）：没有其他策略在两方面同时更优。",
    front: "帕累托前沿",
    onFront: "位于帕累托前沿",
    titleOfMeans: (y, x) => `${y}与${x}的权衡（含区间）`,
    captionOfMeans: (objectives) =>
      "每个点为一种策略多次重复的均值，" +
      "误差棒为 95% 自助法区间（至少五次重复）。两轴均越小越好。" +
      `实心点：没有其他策略在${objectives.join("、")}上全面更优；` +
      "连线为两轴的帕累托前沿。",
    isBest: "未被全面超越",
    says: (policy, ofY, y, ofX, x) => `${policy} 的${ofY}最低，为 ${y}；其${ofX}为 ${x}。`,
  },
  migration: {
    title: "迁移流量",
    caption:
      "自开始以来迁移发送的字节数（1 GB = 10⁹ 字节）。" +
      "流量由被迁移任务的内存按模型计算；轨迹隐去了机器的绝对规格，" +
      "字节数与假定的参考内存成正比。",
    soFar: "累计迁移流量",
    says: (policy, gb, percent) =>
      `${policy} 的迁移流量最大，为 ${gb} GB；任何一步的迁移流量都不超过链路容量的 ${percent} %。`,
    saysNothing: "没有策略产生迁移流量。",
  },
  requestUse: {
    title: "CPU 与内存的申请量与使用量",
    caption: "整个轨迹期间的均值，占全部机器容量的比例；申请量按任务运行期间计。",
    says: (cpu, memory) =>
      `任务申请 ${cpu[0]} % 的 CPU，使用 ${cpu[1]} %；申请 ${memory[0]} % 的内存，使用 ${memory[1]} %。`,
    requested: "申请量",
    used: "使用量",
    memory: "内存",
    share: "占容量比例",
    cpuRequest: "CPU 申请量",
    cpuUse: "CPU 使用量",
    memoryRequest: "内存申请量",
    memoryUse: "内存使用量",
  },
  taskLife: {
    durations: {
      title: "任务运行时长",
      caption:
        "在给定时长内结束的任务运行占比。" +
        "轨迹开始时已在运行的任务不计入；轨迹结束时仍在运行的任务按 " +
        "Kaplan-Meier 方法处理，因此曲线可能达不到 100%。",
      duration: "运行时长",
      ended: "已结束的运行",
      half: (group, duration) => `${duration}（${group}）`,
      says: (parts) => `新开始的任务运行有一半在以下时长内结束：${parts}。`,
      saysNothing: "没有一组的新任务运行有一半已结束。",
    },
    units: {
      seconds: (value) => `${value} 秒`,
      minutes: (value) => `${value} 分钟`,
      hours: (value) => `${value} 小时`,
    },
    ticks: ["1 秒", "10 秒", "1 分", "10 分", "1 时", "10 时", "3 天", "30 天"],
    arrivals: {
      title: "任务到达",
      caption: "每小时开始的任务运行数（含重新提交）；轨迹开始时已在运行的任务不计入。",
      says: (perHour, percent, group) => `每小时开始 ${perHour} 次任务运行，其中 ${percent} % 为${group}。`,
      saysNothing: "轨迹期间没有任务运行开始。",
      arrivals: "到达率",
      axis: "到达率（次/小时）",
    },
  },
  groups: { prod: "生产", beb: "批处理", free: "免费", lc: "时延敏感型", be: "尽力而为型" },
  comparison: {
    caption: "各调度策略对比；数值为各步均值。",
    captionOfMeans: (baseline) =>
      "各调度策略对比：多次重复的均值与 95% 自助法区间的较长半幅。*：" +
      `与 ${baseline} 有差异（配对差异，经 Holm ` +
      "校正后 5% 水平）。",
  },
  machinesByLoad: {
    title: "按负载排序的机器",
    axis: "机器（负载从低到高）",
    caption: "每一步将各机器按 CPU 利用率排序，再对各步取平均；曲线越平，负载越均衡。",
  },
  overview: {
    title: "均衡程度、代价与可承载的负载",
    evens: (after, from, to, gb) =>
      `${after} 使机器负载更均衡（基尼系数由 ${from} 降至 ${to}），为此迁移 ${gb} GB。`,
    carries: (shared, separate, level, more) =>
      `LC 新增违约不超过 ${level} 时，混部机器可承载轨迹自身尽力而为型负载的 ${shared}，` +
      `分开部署为 ${separate}；` +
      (more.length === 0 ? "未能显示任何策略比其他策略承载更多。" : `${more.join("、")} 比不迁移承载更多。`),
    times: (low, high) => (low === high ? `${low} 倍` : `${low}～${high} 倍`),
  },
  capacity: {
    title: "承载能力",
    caption:
      "尽力而为型（BE）负载的最大倍数（相对轨迹自身）：" +
      "其给时延敏感型（LC）任务新增的违约不超过给定水平，" +
      "且未完成部分不超过其 5 %（或轨迹自身的 1 %）；" +
      "多个种子的均值与 95 % 自助法区间。" +
      "新增违约为相对仅有 LC 时两项增量的较大者：" +
      "尾时延超出 SLO 的 LC 负载（M/G/m 排队模型）与 CPU 不足的 LC 任务步。" +
      "分开部署：LC 与 BE 各用各的机器；" +
      "完全均衡（BE 视为可任意分割的流体，不计请求量、内存与迁移代价）。",
    titleAt: (level) => `新增违约 ${level} 时承载的尽力而为型负载`,
    atLeast: "空心标记：至少如此，部分种子在所试最大倍数下仍未越限。",
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
      "影响：每次只改变一个假设时，同一负载下该策略与参照策略之差；误差线为 95 % 自助法区间。" +
      "竖线：默认设置下的影响。使第一个指标变化最大的假设在最上方。不反映假设之间的交互作用。",
    most: (label, assumption) => `对${label}的影响最取决于${assumption}。`,
    unchanged: (labels) => `没有假设改变对${labels.join("、")}的影响。`,
    row: (assumption, setting) => `${assumption}：${setting}`,
    effect: "影响",
    setting: "取值",
    names: {
      lcRule: "LC 规则",
      sharing: "CPU 共享",
      migrationSize: "机器内存",
      interval: "决策间隔（步）",
      staleness: "观测延迟（步）",
    },
  },
  testbed: {
    origin: (hosts, cpus, threads, seed) =>
      `测试平台为建模所得：${hosts} 台主机，每台 ${cpus} 个 CPU，` +
      "时延敏感型服务位于主机 0，" +
      `${threads} 个尽力而为型线程，种子 ${seed}。`,
    overTime: {
      title: "测试平台随时间的变化",
      caption:
        "自上而下，每个决策间隔：全部 CPU 的利用率；" +
        "仿真的时延敏感型请求的 P99 时延；" +
        "全部尽力而为型线程所在的节点（各线略有错开；线程分散或无线程时不画）。",
      cpu: "CPU",
      lcP99: "P99 时延",
      node: "BE 节点",
    },
    tail: {
      title: "时延敏感型请求的时延",
      caption:
        "仿真的时延敏感型请求中，时延超过横轴取值的比例。" +
        "空心大标记为作者在其测试平台上实测的 P95、P99 与 P99.9。",
      measured: (name) => `${name}，实测`,
      latency: "时延",
      slower: "更慢请求的占比",
    },
    blindSpot: {
      title: "窃取时间所反映的主机负载",
      caption:
        "节点各 vCPU 可运行时间中被窃取的比例，" +
        "对照巨型虚拟机之外的负载占用其主机 CPU 的比例；" +
        "每个节点、每个决策间隔一个标记。没有任务运行时计数器不变，读数为 0。",
      withBe: (name) => `${name}：有 BE`,
      withoutBe: (name) => `${name}：无 BE`,
      pressure: "其他负载占用的主机 CPU",
      steal: "窃取时间读数",
    },
    decisions: {
      title: "窃取时间读数与迁移",
      caption:
        "两次决策之间调度器读到的各节点窃取时间。叉号表示尽力而为型负载的迁移，位于被离开节点的读数处。",
      time: (isMinutes) => (isMinutes ? "时间（分钟）" : "时间（秒）"),
      node: (node) => `节点 ${node}`,
      stealOf: (node) => `节点 ${node} 窃取时间`,
      steal: "窃取时间",
      ticks: "窃取时间（时钟滴答）",
      move: "迁移",
      moves: "迁移次数",
    },
    published: {
      caption: "测试平台模型与作者实测结果的对照（GiantVM, TACO 19(2), 2022；数据取自其绘图脚本）。",
      figure: "指标",
      published: "实测",
      modelled: "建模",
      deviation: "偏差",
      standing: "用途",
      sameOrder: "次序一致",
    },
  },
};
