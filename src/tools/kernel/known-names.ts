/** The names that a cell writes in strings and as keys of settings, and what the catalogues say of them. */
import { describeRange, type Parameter } from "../../base/parameters.js";
import { toText } from "../../base/text.js";
import { MIGRATIONS } from "../../cluster/migration/presets.js";
import { findPolicy, POLICIES } from "../../policies/registry.js";
import { hasRunFigure, METRICS } from "../../simulate/metrics/catalogue.js";
import { MODEL } from "../../simulate/model.js";

export interface KnownName {
  readonly name: string;
  /** What it is, in a word: "policy". */
  readonly kind: string;
  /** Its meaning in a line. */
  readonly brief: string;
  /** All that the catalogue says of it. Front ends break its long lines. */
  readonly card: string;
}

function known(name: string, kind: string, brief: string, paragraphs: readonly string[]): KnownName {
  const card = [`${name}: ${kind}`, ...paragraphs].join("\n");
  return { name, kind: kind.split(/[ ,]/)[0], brief, card };
}

export const POLICY_NAMES: readonly KnownName[] = POLICIES.map((policy) => {
  const { name, family, rule, source, fidelity, deviations, parameters } = policy;
  const lines = Object.entries(parameters).map(([key, parameter]) => `  ${key}: ${describe(parameter)}`);
  return known(name, `policy, ${family} family`, rule, [
    rule,
    "",
    `Source (${fidelity}): ${source}`,
    ...(deviations.length > 0 ? [`Where it departs from it: ${deviations.join("; ")}`] : []),
    ...(lines.length > 0 ? ["", "Parameters:", ...lines] : []),
  ]);
});

export const METRIC_NAMES: readonly KnownName[] = METRICS.map((metric) => {
  const { name, label, description, unit = "", scale = 1, better, modelled, step } = metric;
  const { en, zh } = toText(label);
  const inUnit = unit === "" ? "" : scale === 1 ? ` Unit: ${unit}.` : ` Charts show it in ${unit}.`;
  const tables = [...(step ? ["steps"] : []), ...(hasRunFigure(metric) ? ["runs"] : [])];
  return known(name, `metric of ${tables.join(" and ")}`, `${description}${unit && ` [${unit}]`}`, [
    `${en} (${zh}): ${description}.`,
    (better === undefined ? "" : `Better: ${better}.`) + inUnit,
    ...(modelled ? ["From the queueing model."] : []),
  ]);
});

export const MECHANISM_NAMES: readonly KnownName[] = Object.entries(MIGRATIONS).map(
  ([name, { description, source }]) =>
    known(name, "mechanism of migration", description, [description, `Source: ${source}`]),
);

/**
 * Returns the settings of some built-in policies (`hot`; `threshold.hot` where there are several policies),
 * and then those of the model.
 */
export function settingNames(policies: readonly string[]): readonly KnownName[] {
  const owners = new Map<string, string[]>();
  for (const policy of policies) {
    for (const key of Object.keys(findPolicy(policy).parameters))
      owners.set(key, [...(owners.get(key) ?? []), policy]);
  }
  const shared = Array.from(owners, ([key, names]) => settingOf(key, key, names));
  const single = Array.from(owners).flatMap(([key, names]) =>
    names.map((policy) => settingOf(`${policy}.${key}`, key, [policy])),
  );
  return [...shared, ...MODEL_NAMES, ...(policies.length > 1 ? single : [])];
}

/** The settings of the model. */
export const MODEL_NAMES: readonly KnownName[] = Object.entries<Parameter>(MODEL).map(([key, parameter]) =>
  known(key, "setting of the model", describe(parameter), [describe(parameter)]),
);

/** Returns the parameters of one built-in policy. */
export function parameterNames(policy: string): readonly KnownName[] {
  return Object.keys(findPolicy(policy).parameters).map((key) => settingOf(key, key, [policy]));
}

function settingOf(name: string, key: string, policies: readonly string[]): KnownName {
  const meanings = policies.map((policy) => describe(findPolicy(policy).parameters[key]));
  if (policies.length === 1) return known(name, `setting of ${policies[0]}`, meanings[0], meanings);
  const lines = policies.map((policy, i) => `  ${policy}: ${meanings[i]}`);
  return known(name, `setting of ${policies.length} policies`, meanings[0], lines);
}

function describe(parameter: Parameter): string {
  const { default: value, unit, description } = parameter;
  const range = describeRange(parameter);
  return `default ${value}${unit && ` ${unit}`}${range === "any" ? "" : `, ${range}`}: ${description}`;
}

/** Returns the columns of a table: what is known of metrics, and some values of the others. */
export function columnNames(
  columns: readonly string[],
  valuesOf: (column: string) => Iterable<unknown> = () => [],
): readonly KnownName[] {
  return columns.map((name) => {
    const metric = METRIC_NAMES.find((one) => one.name === name);
    if (metric) return metric;
    const values = Array.from(new Set(valuesOf(name)));
    const some = values.slice(0, MOST_VALUES).join(", ");
    return known(name, "column", some, [values.length > MOST_VALUES ? `${some}, ...` : some]);
  });
}

/** The largest number of values that explain a column. */
const MOST_VALUES = 8;

/** Returns the policy, metric or mechanism of this name. */
export function findKnown(name: string): KnownName | undefined {
  return [...POLICY_NAMES, ...METRIC_NAMES, ...MECHANISM_NAMES].find((one) => one.name === name);
}
