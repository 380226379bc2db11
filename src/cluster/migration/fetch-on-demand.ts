import { PAGE } from "./cost.js";

/**
 * Returns how long a task takes to fetch this many bytes, page by page as it touches them. `stalled` is the
 * total wait: for each page its latency, but at least its time on the wire. While it fetches, the task loses
 * the share `loss` of its speed, so the waits are spread over `seconds`.
 *
 * @param options Bytes; bytes a second; seconds a page; share above 0.
 */
export function fetchOnDemand({
  bytes,
  bandwidth,
  pageFetch,
  loss,
}: {
  bytes: number;
  bandwidth: number;
  pageFetch: number;
  loss: number;
}): { readonly seconds: number; readonly stalled: number } {
  const stalled = (bytes / PAGE) * Math.max(pageFetch, PAGE / bandwidth);
  return { seconds: stalled / loss, stalled };
}
