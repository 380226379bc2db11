/** A progress bar under the running cell. */
import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { OnProgress, Progress } from "../base/progress.js";
import { escapeHtml } from "./escape-html.js";
import { findSink } from "./sink.js";

/** The shortest time between two updates of the bar (ms). */
const PERIOD = 100;

function barHtml({ phase, done, total, unit }: Progress): string {
  const all = total === undefined ? "" : ` of ${total.toLocaleString("en-US")}`;
  const count = done.toLocaleString("en-US") + all;
  const bar = total === undefined ? "" : `<progress max="${total}" value="${done}"></progress> `;
  return `${bar}${escapeHtml(`${phase}: ${count} ${unit}`)}`;
}

function barText({ phase, done, total, unit }: Progress): string {
  const share = total === undefined || total === 0 ? "" : ` (${Math.floor((100 * done) / total)} %)`;
  return `${phase}: ${done.toLocaleString("en-US")} ${unit}${share}`;
}

/**
 * Does some work and shows its progress with one bar per phase, updated in place: `await
 * withProgress((onProgress) => openWorkload(spec, { onProgress }))`. Outside a notebook there is no bar.
 * Returns the result of the work.
 */
export async function withProgress<T>(work: (onProgress: OnProgress) => T | Promise<T>): Promise<T> {
  const sink = findSink();
  if (!sink) return work(() => undefined);
  let id = "";
  let last: Progress | undefined;
  let shownAt = 0;
  const write = (progress: Progress): void => {
    sink.write({ "text/html": barHtml(progress), "text/plain": barText(progress) }, id);
  };
  // Replaces the bar by text, because a remaining bar would look unfinished.
  const finish = (progress: Progress): void => {
    const text = barText(progress);
    const html = `<small class="schedlab-progress">${escapeHtml(text)}</small>`;
    sink.write({ "text/html": html, "text/plain": text }, id);
  };
  try {
    return await work((progress) => {
      const now = performance.now();
      if (progress.phase !== last?.phase) {
        if (last) finish(last);
        id = randomUUID();
        shownAt = 0;
      }
      last = progress;
      if (now - shownAt < PERIOD) return;
      shownAt = now;
      write(progress);
    });
  } finally {
    if (last) finish(last);
  }
}
