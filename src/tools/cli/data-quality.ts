import { describeQuality, type Described } from "../../workload/quality.js";
import { wrap } from "./wrap.js";

/** The largest number of sentences in a paragraph; `describe` prints all. */
const MOST = 5;

/**
 * Returns a paragraph on the data quality of a workload, with a title, in lines of at most `width`
 * characters; "" for a generated one.
 */
export function qualityParagraph(described: Described, width: number): string {
  const sentences = describeQuality(described);
  if (sentences.length === 0) return "";
  const more = sentences.length - MOST;
  const rest = more > 0 ? [`${more} more: schedlab describe.`] : [];
  return wrap(`The data of ${described.source}: ${[...sentences.slice(0, MOST), ...rest].join(" ")}`, width);
}

/** Collects the paragraphs of many runs' workloads without duplicates. */
export function collectQuality(width: number): {
  readonly onWorkload: (described: Described) => void;
  readonly text: () => string;
} {
  const paragraphs = new Set<string>();
  return {
    onWorkload: (described) => void paragraphs.add(qualityParagraph(described, width)),
    text: () => [...paragraphs].sort().join(""),
  };
}
