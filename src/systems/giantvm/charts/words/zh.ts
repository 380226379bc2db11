/** The Chinese texts of the charts of GiantVM. */
import type { en } from "./en.js";

export const zh: typeof en = {
  testbed: {
    origin: (hosts, cpus, threads, seed) =>
      `测试平台为建模所得：${hosts} 台主机，每台 ${cpus} 个 CPU，` +
      "时延敏感型服务位于主机 0，" +
      `${threads} 个尽力而为型线程，种子 ${seed}。`,
    overTime: {
      title: "测试平台随时间的变化",
      caption:
        "每行一台主机：时延敏感型或其他负载占用的 CPU（下方色带）、尽力而为型线程占比（上方色带）" +
        "、其迁移（三角）。最下：请求的 P99 时延。测试平台为建模所得。",
      method: "测试平台的色带与 P99 时延按决策间隔统计。",
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
        "仿真的时延敏感型请求中，时延超过横轴取值的比例。空心大标记：作者实测的 P95、P99 与 " +
        "P99.9。测试平台为建模所得。",
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
        "节点各 vCPU 可运行时间中被窃取的比例，对照其他负载占用其主机 CPU 的比例。测试平台为建模所得。",
      method: "每个节点、每个决策间隔一个标记。没有任务运行时窃取时间计数器不变，读数为 0。",
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
        "每行一个节点：被迁移负载的占比（上方色带）、每次决策前读到的窃取时间（下方色带）、迁移（三角）。",
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
        "客户机（虚线框）横跨所有主机，每台主机为其一个 NUMA 节点；方格：vCPU；实心：" +
        "尽力而为型线程；深色：客户机之外的时延敏感型服务。页的时延为实测（TACO 2022）。",
      guest: (vcpus, nodes) =>
        `客户机：一个操作系统，${vcpus} 个 vCPU，${nodes} 个 NUMA 节点，分布式共享内存`,
      sameGuest: "同一客户机",
      node: (node, cpus) => `节点 ${node}：${cpus} 个 vCPU`,
      host: (host, cpus) => `主机 ${host}：${cpus} 个 CPU`,
      lc: (workers) => `时延敏感型服务，\n${workers} 个工作线程`,
      other: (load) => `其他负载突发，\n平均 ${load} %`,
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
        "依次对各页的访问（R：读，W：写，数字为节点）；颜色为访问之后各节点副本的状态，" +
        "改变处标有字母。访问与状态为建模所得。",
      method: "页的状态由模型自身的协议（Ivy）记录。",
      page: (page) => `页 ${page}`,
      node: "节点",
      accesses: "依次的访问：读（R）或写（W），数字为节点",
      number: "访问序号",
      states: { modified: "Modified（已修改）", shared: "Shared（共享）", invalid: "Invalid（无效）" },
      fault: "缺页异常",
      hit: "无缺页的访问",
      says: (accesses, nodes, pages, faults, share, mean) =>
        `${nodes} 个节点对 ${pages} 页的 ${accesses} 次访问中，${faults} 次（${share} %）` +
        `为缺页异常，平均每次 ${mean}。`,
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
};
