import { describeQuality, type Described } from "../../workload/quality.js";

/** Columns of a terminal. */
const WIDTH = 100;

/** Sentences in a paragraph; `describe` has them all. */
const MOST = 5;

/**
 * Returns a paragraph that says how good the data of a workload is, a title before it; nothing for a
 * generated one.
 */
export function qualityParagraph(described: Described): string {
  const sentences = describeQuality(described);
  if (sentences.length === 0) return "";
  const more = sentences.length - MOST;
  const rest = more > 0 ? [`${more} more: schedlab describe.`] : [];
  return `${wrap(`The data of ${described.source}: ${[...sentences.slice(0, MOST), ...rest].join(" ")}`)}\n`;
}

/** Collects the paragraphs of the workloads of many runs, each once. */
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
