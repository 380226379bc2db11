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
      `基尼系数的时间均值：${first} 为 ${of}，${best} 为 ${ofBest}；` +
      `若时延敏感型负载保持 ${first} 下的位置，尽力而为型负载无论如何放置都不会低于 ${bound}。`,
    saysOfOne: (policy, of, bound, runs) =>
      `基尼系数的时间均值：${policy} ${runs > 1 ? "最低，" : ""}为 ${of}；` +
      `若时延敏感型负载不动，尽力而为型负载无论如何放置都不会低于 ${bound}。`,
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
        "每行一台主机。下方色带：时延敏感型服务或其他负载突发占用该主机的 CPU；" +
        "上方色带：该主机上的尽力而为型线程占比（按决策间隔）；三角：尽力而为型负载的迁移。" +
        "最下：每个间隔内仿真的时延敏感型请求的 P99 时延。",
      host: "主机",
      lc: "时延敏感型服务",
      burst: "其他负载突发",
      be: "尽力而为型线程",
      lcP99: "P99 时延",
      moves: (name, moves) => `${name}：迁移 ${moves} 次`,
      p99: (p99) => `整个运行期间的 P99 时延：${p99}`,
      outcome: (name, p99, moves) => `${name} ${p99}（迁移 ${moves} 次）`,
      says: (outcomes) => `模型的一次运行中时延敏感型请求的 P99 时延：${outcomes.join("，")}。`,
      columns: {
        configuration: "配置",
        time: "时间（分钟）",
        host: "主机",
        busy: "CPU 使用（%）",
        outside: "时延敏感型或其他负载占用的 CPU（%）",
        be: "尽力而为型线程",
      },
    },
    tail: {
      title: "时延敏感型请求的时延",
      caption:
        "仿真的时延敏感型请求中，时延超过横轴取值的比例。" +
        "空心大标记为作者在其测试平台上实测的 P95、P99 与 P99.9，颜色与形状同该配置。",
      measured: "实测（空心标记）",
      both: (name, modelled, measured) => `${name} ${modelled} ms（实测 ${measured}）`,
      modelledOnly: (name, modelled) => `${name} ${modelled} ms`,
      says: (tails) => `模型的一次运行中时延敏感型请求的 P99 时延：${tails.join("，")}。`,
      latency: "时延",
      slower: "更慢请求的占比",
    },
    blindSpot: {
      title: "窃取时间所反映的主机负载",
      caption:
        "节点各 vCPU 可运行时间中被窃取的比例，" +
        "对照巨型虚拟机之外的负载占用其主机 CPU 的比例；" +
        "每个节点、每个决策间隔一个标记。没有任务运行时计数器不变，读数为 0。",
      withBe: "有尽力而为型线程的节点",
      withoutBe: "无尽力而为型线程的节点",
      blind: (name, blind, all) =>
        all === 0 ? `${name} 从未遇到` : `${name} 在 ${all} 次中有 ${blind} 次读数为 0`,
      says: (parts) => `节点无尽力而为型线程而其主机过半繁忙时：${parts.join("，")}。`,
      pressure: "其他负载占用的主机 CPU",
      pressureTitle: "其他负载占用的 CPU（%）",
      steal: "窃取时间读数",
    },
    decisions: {
      title: "窃取时间读数与迁移",
      caption:
        "每行一个节点。上方色带：被迁移负载在该节点的占比；下方色带：每次决策前调度器读到的窃取时间；" +
        "三角：已执行的迁移。",
      highest: (ticks) => `色带满高为 ${ticks} 个时钟滴答。`,
      work: "被迁移的负载",
      says: (moves, decisions, left, entered) =>
        `${decisions} 次决策中迁移 ${moves} 次：被离开的节点读数为 ${left} 个滴答，` +
        `所到的节点为 ${entered}（中位数）。`,
      still: (decisions, most) => `${decisions} 次决策中没有迁移；最高读数为 ${most} 个滴答。`,
      time: (isMinutes) => (isMinutes ? "时间（分钟）" : "时间（秒）"),
      node: "节点",
      stealOf: (node) => `节点 ${node} 窃取时间`,
      steal: "窃取时间读数",
      move: "迁移",
      moves: "迁移次数",
    },
    drawing: {
      title: "巨型虚拟机及其上的负载",
      caption:
        "虚线框：客户机，横跨所有主机的一个操作系统，每台主机为其一个 NUMA 节点。" +
        "方格：vCPU；实心：尽力而为型线程。深色：客户机之外的时延敏感型服务。页的时延为实测（TACO 2022）。",
      guest: (vcpus, nodes) =>
        `客户机：一个操作系统，${vcpus} 个 vCPU，${nodes} 个 NUMA 节点，分布式共享内存`,
      sameGuest: "同一客户机",
      node: (node, cpus) => `节点 ${node}：${cpus} 个 vCPU`,
      host: (host, cpus) => `主机 ${host}：${cpus} 个 CPU`,
      lc: (workers) => `时延敏感型服务，<br>${workers} 个工作线程`,
      other: (load) => `其他负载突发，<br>平均 ${load} %`,
      thread: "尽力而为型线程",
      threads: (threads) => `${threads} 个尽力而为型线程`,
      time: (transport, micros) => `${transport} ${micros} μs`,
      network: (times) => `网络。取其他节点的一页（4 KiB）：${times.join("，")}`,
      sameNetwork: "同一网络",
      second: (second) => `${second} 秒`,
      says: (hosts, vcpus, fast, fastTime, fastTimes, slow, slowTime, slowTimes) =>
        `一个客户机横跨 ${hosts} 台主机、${vcpus} 个 vCPU；取其他节点的一页，${fast} 需 ${fastTime} μs，` +
        `${slow} 需 ${slowTime} μs，为本地访存的 ${fastTimes} 与 ${slowTimes} 倍。`,
    },
    paired: {
      title: (name, baseline) => `${name}减${baseline}，按种子配对`,
      caption:
        "相对于基准均值的差异与 95 % 自助法区间。↓：越小越好；↑：越大越好。" +
        "彩色：经 Holm 校正后在 5 % 水平上有差异。测试平台为建模所得。",
      source: (seeds) => `${seeds} 个种子，两种配置面对相同的负载。`,
      all: "全部变化",
      large: (percent) => `不小于 ${percent} % 的变化`,
      small: "较小的变化（放大）",
      metric: "指标",
      verdict: "结论",
      difference: (baseline) => `与${baseline}之差`,
      verdicts: { better: "更好", worse: "更差", none: "未见差异" },
      lessIs: (label) => `${label} ↓`,
      moreIs: (label) => `${label} ↑`,
      metrics: { moves: "迁移次数", movesToLc: "迁至主机 0 次数", movedMb: "迁移量（MB）" },
      part: (metrics, label, change) => `${metrics} 项（最大：${label} ${change}）`,
      nothing: "无",
      says: (name, baseline, better, worse) =>
        `${name}相对${baseline}：更好的指标 ${better}；更差的指标 ${worse}。`,
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
  dsm: {
    pages: {
      title: "页在节点间的移动",
      caption:
        "每个子图一页，每行一个节点，每列一次访问（R：读，W：写，数字为节点）；" +
        "颜色为访问之后该节点副本的状态，状态改变处标有字母。" +
        "访问为建模所得，状态由模型自身的协议（Ivy）记录。",
      page: (page) => `页 ${page}`,
      node: "节点",
      accesses: "依次的访问：读（R）或写（W），数字为节点",
      number: "访问序号",
      states: { modified: "Modified（已修改）", shared: "Shared（共享）", invalid: "Invalid（无效）" },
      fault: "缺页异常",
      hit: "无缺页的访问",
      says: (accesses, nodes, pages, faults, share, mean) =>
        `${nodes} 个节点对 ${pages} 页的 ${accesses} 次访问中，${faults} 次（${share} %）为缺页异常，平均每次 ${mean}。`,
      columns: {
        access: "访问",
        page: "页",
        node: "节点",
        state: "状态",
        kind: "类型",
        fault: "缺页异常",
        seconds: "时长（秒）",
      },
    },
    kernel: {
      title: "多内核相对宏内核的加速",
      caption:
        "多内核处理的请求数为宏内核的多少倍。曲线：按节点数建模所得。" +
        "虚线：实测（Zhang 等，VEE 2020）；访问内核数据的比例未被测量。",
      sharing: "访问内核数据的比例",
      gap: "多内核 / 宏内核",
      nodes: "节点数",
      count: (nodes) => `${nodes} 个节点`,
      measured: (gap) => `实测：${gap} ×`,
      says: (nodes, gap, share) =>
        `${nodes} 个节点时，若 ${share} % 的访问落在内核数据上，模型达到实测的 ${gap} 倍。`,
      never: (nodes, gap, share, reached) =>
        `${nodes} 个节点、${share} % 的访问落在内核数据上时，模型为 ${reached} 倍；实测为 ${gap} 倍。`,
    },
  },
  diagram: { text: "文字", from: "起点", to: "终点" },
  dataFlow: {
    title: "数据在实验平台中的流动",
    caption:
      "白色为数据，蓝色为平台的函数。负载由轨迹文件生成一次，每种策略由其得到一次仿真；" +
      "图只由表格绘制，并写成文件。",
    says: (policies, mechanisms) =>
      `${policies} 种策略与 ${mechanisms} 种迁移机制面对同一负载，每张图都由表格绘制。`,
    files: "轨迹<br>文件",
    own: "自己的<br>数据行",
    workload: "负载",
    policy: "调度策略",
    simulate: "simulate",
    run: "仿真",
    tables: "表格",
    charts: "图",
    written: "SVG, PDF,<br>PNG, CSV",
    experiment: "experiment<br>策略 × 种子",
    runs: "仿真结果表：<br>每次一行",
    differences: "均值、<br>差异",
    open: "读取",
    exported: "写出",
  },
  migrations: {
    names: {
      "pre-copy": "前拷贝",
      "pre-copy-xen": "Xen 前拷贝",
      "pre-copy-qemu": "QEMU 前拷贝",
      "pre-copy-thesis": "论文前拷贝",
      "post-copy": "后拷贝",
      "stop-and-copy": "停机拷贝",
      "lazy-copy": "延迟拷贝",
      dsm: "分布式共享内存",
      process: "进程",
      container: "容器",
      vm: "虚拟机",
      giantvm: "巨型虚拟机",
      free: "无代价",
    },
    mechanism: "迁移机制",
    lambda: "脏页速率 / 带宽",
    life: {
      title: "一次迁移的全过程",
      caption:
        "蓝色条为各轮拷贝，期间任务仍在源节点运行；条高为发送速率，面积即发送的字节数。" +
        "斜线：任务被冻结。点：任务已在目的节点运行，等待其访问的页。" +
        "均为建模所得，与仿真使用同一循环。",
      time: "时间（秒）",
      beginning: (seconds) => `前 ${seconds}（放大）`,
      whole: (seconds) => `全部 ${seconds}`,
      phases: {
        round: "一轮拷贝，在源节点运行",
        stopped: "冻结",
        fetching: "在目的节点运行，按需取页",
      },
      row: (name, rounds, bytes, seconds, downtime, waits) =>
        `<b>${name}</b><br>${rounds} 轮，${bytes}，${seconds}<br>下线 ${downtime}${waits}`,
      waits: (seconds) => `，等待 ${seconds}`,
      goesOn: (seconds) => `持续至 ${seconds} ▸`,
      of: (name, value) => `${value}（${name}）`,
      says: (calm, hard, quick, slow) =>
        `任务的下线时间为 ${calm}至 ${hard}，迁移总时间为 ${quick}至 ${slow}。`,
      saysOne: (name, seconds, downtime) => `${name}：迁移历时 ${seconds}，任务下线 ${downtime}。`,
      columns: {
        migration: "迁移机制",
        phase: "阶段",
        number: "轮次",
        start: "开始（秒）",
        seconds: "时长（秒）",
        bytes: "字节数",
        lost: "损失（秒）",
      },
    },
    costs: {
      title: "不同迁移机制的开销与任务内存",
      caption:
        "每个子图为一种迁移机制。总时间：从第一个字节到最后一个字节。损失：下线时间与等待页的时间之和。" +
        "下线时间：任务在两端都不运行；下线时间为 0 时不显示在对数坐标上。" +
        "子图标题：发送字节数与任务内存之比。均为建模所得。",
      memory: "任务内存",
      value: "时间",
      quantities: { seconds: "总时间", lost: "损失", downtime: "下线" },
      sends: (name, share, isStopped) => `${name}：发送 ${share} 倍${isStopped ? "" : "，不下线"}`,
      says: (memory, less, most, loses, worst) =>
        `内存为 ${memory} 时，一次迁移使任务损失 ${loses}至 ${worst}，发送 ${less}至 ${most}。`,
    },
    rules: {
      title: "不同停止规则下的前拷贝",
      caption:
        "虚线：任务写内存的速率等于网络发送速率。基本：剩余部分满足下线时间目标，或再拷贝一轮已无益；" +
        "Xen 与 QEMU 的规则；我们所理解的论文规则。均为建模所得。",
      rounds: "拷贝轮数",
      seconds: "总时间",
      downtime: "下线时间",
      names: {
        "pre-copy": "基本",
        "pre-copy-xen": "Xen",
        "pre-copy-qemu": "QEMU",
        "pre-copy-thesis": "论文",
      },
      says: (best, least, worst, most) =>
        `在所画的脏页速率下，${best} 规则的下线时间不超过 ${least}，${worst} 规则可达 ${most}。`,
    },
  },
};
