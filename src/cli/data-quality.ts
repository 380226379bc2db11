import { describeQuality } from "../trace/quality.js";
import type { Workload } from "../trace/workload.js";

/** Columns of a terminal. */
const WIDTH = 100;

/** Returns a paragraph that says how good the data of a workload is, a title before it; nothing for a generated one. */
export function qualityParagraph(workload: Workload): string {
  const sentences = describeQuality(workload);
  if (sentences.length === 0) return "";
  return `${wrap(`The data of ${workload.source}: ${sentences.join(" ")}`)}\n`;
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
