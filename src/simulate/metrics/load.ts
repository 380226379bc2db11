/** Metrics from a user's own modules. */
import { hashModule } from "../../base/own-module/hash-module.js";
import { loadExport, namesModule } from "../../base/own-module/load-export.js";
import { findMetric, metricOf } from "./catalogue.js";
import type { Metric } from "./metric.js";

/** A metric, and where it comes from. */
export interface LoadedMetric {
  readonly metric: Metric;
  readonly isBuiltIn: boolean;
  /**
   * There where it comes from a module: as it was given, and the SHA-256 of the module and of what it
   * imports.
   */
  readonly module?: { readonly reference: string; readonly sha256: string };
}

/**
 * Returns the metric of a choice, loading the module where it is the path of one: `./hottest.mjs`,
 * `./metrics.mjs#hottest`. Throws InputError for an unknown name, for what is no metric and for a module that
 * cannot be loaded.
 */
export async function loadMetric(choice: string | Metric): Promise<LoadedMetric> {
  if (typeof choice !== "string") return { metric: metricOf(choice), isBuiltIn: false };
  if (!namesModule(choice)) return { metric: findMetric(choice), isBuiltIn: true };
  const { value, path } = await loadExport(choice, { what: "a metric", is: looksLikeMetric });
  const module = { reference: choice, sha256: await hashModule(path) };
  return { metric: metricOf(value as Metric), isBuiltIn: false, module };
}

/** Whether a value is meant for a metric; `metricOf` says what is wrong with it. */
function looksLikeMetric(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && "label" in value && ("step" in value || "run" in value)
  );
}
