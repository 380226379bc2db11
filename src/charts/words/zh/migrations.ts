/** The Chinese texts of charts of migration mechanisms. */
import { bold } from "../../plotly-text.js";
import type { en } from "../en/migrations.js";

export const zh: typeof en = {
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
        "蓝色条：任务在源节点运行时的各轮拷贝，条高为发送速率。斜线：任务被冻结。点：" +
        "任务已在目的节点运行，等待其访问的页。均为建模所得。",
      method: "一轮为对任务内存的一遍拷贝，条的面积即发送的字节数。迁移建模与仿真使用同一循环。",
      time: "时间（秒）",
      beginning: (seconds) => `前 ${seconds}（放大）`,
      whole: (seconds) => `全部 ${seconds}`,
      phases: {
        round: "一轮拷贝，在源节点运行",
        stopped: "冻结",
        fetching: "在目的节点运行，按需取页",
      },
      row: (name, rounds, bytes, seconds, downtime, waits) =>
        `${bold(name)}\n${rounds} 轮，${bytes}，${seconds}\n下线 ${downtime}${waits}`,
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
        "一次迁移的总时间、损失时间与下线时间随任务内存的变化，每个子图为一种迁移机制。子图标题：" +
        "发送字节数与内存之比。均为建模所得。",
      method:
        "总时间：从第一个字节到最后一个字节。损失：下线时间与等待页的时间之和。下线时间：" +
        "任务在两端都不运行；为 0 时不显示在对数坐标上。",
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
        "预拷贝的轮数、总时间与下线时间随写内存速率的变化，按停止规则区分。虚线：" +
        "写内存的速率等于网络发送速率。均为建模所得。",
      method:
        "基本：剩余部分满足下线时间目标，或再拷贝一轮已无益；Xen 与 QEMU 的规则；我们所理解的论文规则。",
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
