/** Draws the network and the two systems that set priorities: our reading of the thesis's 4.1 and 4.2. */
import { diagram, type DiagramBox } from "../../../charts/build/diagram.js";
import type { Figure, Text } from "../../../charts/figure.js";
import type { Network } from "../network.js";

const WIDTH = 60;
const FILLS = { central: "#f7efd9", server: "#f1f1f1", queue: "#e4f0fa", switch: "#ffffff" } as const;

/**
 * Returns the drawing of servers with their queues, the switch between them, and the central system.
 *
 * @param queues Priority queues of a server.
 */
export function trafficDrawing({ servers, up }: Network, queues = 4): Figure {
  const gbps = (up[0] * 8) / 1e9;
  const shown = [...new Set([0, 1, servers - 1])];
  const width = 16;
  const at = (i: number): number => 1 + (i * 42) / (shown.length - 1);
  return diagram({
    name: "traffic-architecture",
    title: { en: "Network and systems (our reading)", zh: "网络与系统（我们的解读）" },
    says: {
      en:
        `${servers} servers, an uplink and a downlink of ${gbps} Gbit/s each; ` +
        "servers tag flows by bytes sent.",
      zh: `${servers} 台服务器，上下行链路各 ${gbps} Gbit/s；服务器按已发送字节数标记流的优先级。`,
    },
    caption: {
      en:
        "Servers tag flows by bytes sent; the central system sees finished flows and sends thresholds. " +
        "Modelled after AuTO (SIGCOMM 2018); our reading of chapter 4.",
      zh:
        "服务器按已发送字节数标记流；中央系统观察已完成的流并下发阈值。" +
        "参照 AuTO（SIGCOMM 2018）建模，为对第四章的解读。",
    },
    size: [WIDTH, 25.4],
    boxes: [
      {
        ...{ id: "central", x: 12, y: 0.3, width: 36, height: 4.4, fill: FILLS.central },
        text: {
          en: "Central system: sizes of finished flows\n→ thresholds (rule, optimum or DDPG agent)",
          zh: "中央系统：已完成流的大小\n→ 阈值（规则、最优或 DDPG 智能体）",
        },
      },
      ...shown.flatMap((server, i) => serverOf(server, { x: at(i), width, queues })),
      {
        ...{ id: "switch", x: 1, y: 21.8, width: WIDTH - 2, height: 3.2, fill: FILLS.switch },
        text: {
          en: "One big switch: only servers' links are limited; strict priorities, fair inside each",
          zh: "单一大交换机：瓶颈仅在服务器链路；严格优先级，同级之内公平",
        },
      },
    ],
    arrows: shown.flatMap((server) => [
      { from: "central", to: `server${server}`, heads: "both" as const },
      { from: `server${server}`, to: "switch", heads: "both" as const },
    ]),
  });
}

function serverOf(
  server: number,
  { x, width, queues }: { readonly x: number; readonly width: number; readonly queues: number },
): DiagramBox[] {
  const y = 7.4;
  const title: Text = {
    en: `Server ${server}: peripheral system`,
    zh: `服务器 ${server}：外围系统`,
  };
  const row = 8.2 / (queues + 1);
  const queue = (i: number): Text =>
    i === queues
      ? { en: "migrations, if tagged lowest", zh: "迁移（若标为最低）" }
      : { en: `queue ${i + 1}`, zh: `队列 ${i + 1}` };
  return [
    {
      ...{ id: `server${server}`, x, y, width, height: 11.2, text: title, fill: FILLS.server },
      place: "top",
    },
    ...Array.from({ length: queues + 1 }, (_, i): DiagramBox => ({
      ...{ x: x + 0.8, y: y + 2.3 + i * row, width: width - 1.6, height: row - 0.25, text: queue(i) },
      fill: i === queues ? "#dcdcdc" : FILLS.queue,
    })),
  ];
}
