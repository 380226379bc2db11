/** Metrics from a user's own modules. */
import { hashModule } from "../../base/own-module/hash-module.js";
import { loadExport, namesModule } from "../../base/own-module/load-export.js";
import { findMetric, metricOf } from "./catalogue.js";
import type { Metric } from "./metric.js";

/** A metric and its origin. */
export interface LoadedMetric {
  readonly metric: Metric;
  readonly isBuiltIn: boolean;
  /**
   * Present if the metric comes from a module: the path as given, and the SHA-256 of the module and its
   * imports.
   */
  readonly module?: { readonly reference: string; readonly sha256: string };
}

/**
 * Returns the chosen metric. If the choice is the path of a module (`./hottest.mjs`,
 * `./metrics.mjs#hottest`), loads the module. Throws InputError for an unknown name, an invalid metric and a
 * module that cannot be loaded.
 */
export async function loadMetric(choice: string | Metric): Promise<LoadedMetric> {
  if (typeof choice !== "string") return { metric: metricOf(choice), isBuiltIn: false };
  if (!namesModule(choice)) return { metric: findMetric(choice), isBuiltIn: true };
  const { value, path } = await loadExport(choice, { what: "a metric", is: looksLikeMetric });
  const module = { reference: choice, sha256: await hashModule(path) };
  return { metric: metricOf(value as Metric), isBuiltIn: false, module };
}

/** Whether a value is probably meant as a metric; `metricOf` checks it in detail. */
function looksLikeMetric(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && "label" in value && ("step" in value || "run" in value)
  );
}
