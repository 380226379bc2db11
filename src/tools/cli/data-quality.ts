import { describeQuality, type Described } from "../../workload/quality.js";

/** The width of lines in characters. */
const WIDTH = 100;

/** The largest number of sentences in a paragraph; `describe` prints all. */
const MOST = 5;

/** Returns a paragraph on the data quality of a workload, with a title; "" for a generated one. */
export function qualityParagraph(described: Described): string {
  const sentences = describeQuality(described);
  if (sentences.length === 0) return "";
  const more = sentences.length - MOST;
  const rest = more > 0 ? [`${more} more: schedlab describe.`] : [];
  return `${wrap(`The data of ${described.source}: ${[...sentences.slice(0, MOST), ...rest].join(" ")}`)}\n`;
}

/** Collects the paragraphs of many runs' workloads without duplicates. */
export function collectQuality(): {
  readonly onWorkload: (described: Described) => void;
  readonly text: () => string;
} {
  const paragraphs = new Set<string>();
  return {
    onWorkload: (described) => void paragraphs.add(qualityParagraph(described)),
    text: () => [...paragraphs].sort().join(""),
  };
}

function wrap(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
