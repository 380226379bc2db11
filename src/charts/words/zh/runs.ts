/** The Chinese texts of charts of a workload or of single runs. */
import type { en } from "../en/runs.js";

export const zh: typeof en = {
  gini: {
    title: "CPU 利用率基尼系数随时间的变化",
    caption: "每一步中各机器 CPU 利用率的基尼系数。",
    method: "基尼系数按各机器实际获得的 CPU 计算：总体形式，机器规格不同时按容量加权。",
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
      `基尼系数的时间均值：${first} 为 ${of}，${best} 为 ${ofBest}` +
      (bound && `；若时延敏感型负载保持 ${first} 下的位置，尽力而为型负载无论如何放置都不会低于 ${bound}`) +
      "。",
    saysOfOne: (policy, of, bound, runs) =>
      `基尼系数的时间均值：${policy} ${runs > 1 ? "最低，" : ""}为 ${of}` +
      (bound && `；若时延敏感型负载不动，尽力而为型负载无论如何放置都不会低于 ${bound}`) +
      "。",
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
    caption: (policy, hours) =>
      `每个方格为一台机器，自下而上表示 ${hours} 时时延敏感型与尽力而为型任务获得的 CPU；按 ` +
      `${policy} 下的平均负载逐行排列，左上角最忙。`,
    method: "方格以机器容量的十分之一为单位填充；白色：离线。同一机器在各图中位置相同。",
    binned: (machines) => `每个方格为该次序中相邻 ${machines} 台机器的均值。`,
    shown: (hours) => `方格的静态图为时刻 ${hours}（时:分），此时基尼系数相差最大；交互图带时间滑块。`,
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
      `每个横条为一个任务在机器 ${machine} 上的时间，同一行同时只有一个任务；箭头：迁移，` +
      "数字为对方机器的编号。",
    use: "下：该机器给两类任务的 CPU。",
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
    meanAndGini: (percent, gini) => `均值 ${percent} %\nGini ${gini}`,
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
    caption:
      "每个点为一种策略的整次仿真结果，两轴均越小越好。连线与实心点为帕累托前沿：" +
      "没有其他策略在两方面同时更优。",
    methodOfMeans: (objectives) =>
      `至少五次重复才画区间。实心点：没有其他策略在${objectives.join("、")}上全面更优。`,
    method: (x, _ofX, y) => `横轴：${x}；纵轴：${y}。`,
    front: "帕累托前沿",
    onFront: "位于帕累托前沿",
    titleOfMeans: (y, x) => `${y}与${x}的权衡（含区间）`,
    captionOfMeans:
      "每个点为一种策略多次重复的均值与 95 % 自助法区间，两轴均越小越好。连线：帕累托前沿；" +
      "实心点：未被全面超越。",
    isBest: "未被全面超越",
    says: (policy, ofY, y, ofX, x) => `${policy} 的${ofY}最低，为 ${y}；其${ofX}为 ${x}。`,
  },
  migration: {
    title: "迁移流量",
    caption: "自开始以来迁移发送的字节数（1 GB = 10⁹ 字节），由被迁移任务的内存建模所得。",
    method: "轨迹隐去了机器的绝对规格，迁移字节数与假定的参考内存成正比。",
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
        "在给定时长内结束的任务运行占比（Kaplan-Meier）；轨迹结束时仍在运行的任务使曲线可能达不到 100 %。",
      method: "时长不计轨迹开始时已在运行的任务；轨迹结束时仍在运行的任务按 Kaplan-Meier 方法处理。",
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
  machinesByLoad: {
    title: "按负载排序的机器",
    axis: "机器（负载从低到高）",
    caption: "每一步将各机器按 CPU 利用率排序，再对各步取平均；曲线越平，负载越均衡。",
  },
};
