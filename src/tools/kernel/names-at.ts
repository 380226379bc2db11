/** Which names of the catalogues, or of a table's columns, can stand at a place of a cell. */
import type ts from "typescript";
import { REPLICATE } from "../../study/result-table.js";
import type { Place } from "./cell-place.js";
import type { Seen } from "./cells/messages.js";
import {
  columnNames,
  MECHANISM_NAMES,
  METRIC_NAMES,
  MODEL_NAMES,
  parameterNames,
  POLICY_NAMES,
  settingNames,
  type KnownName,
} from "./known-names.js";
import { PROJECT } from "../jupyter/project.js";
import type { TypeScript } from "./tslab.js";

export interface Surroundings {
  readonly typescript: TypeScript;
  readonly checker: ts.TypeChecker;
  /** What is known of the values of earlier cells. */
  readonly values: Readonly<Record<string, Seen | undefined>>;
  /** What TypeScript offers at the place. */
  readonly offered: readonly string[];
}

/** What kind of name is expected where TypeScript knows only that it is a string. */
const ROLES: readonly (readonly [RegExp, readonly KnownName[]])[] = [
  [/polic(y|ies)$|^baseline$/i, POLICY_NAMES],
  [/metrics?$/i, METRIC_NAMES],
  [/^(migration|mechanism)s?$/i, MECHANISM_NAMES],
];

/** Where the functions are that take settings. */
const OURS = `${PROJECT.replaceAll("\\", "/")}/dist/`;

/** The columns of a table of runs that are not metrics, and have a meaning for a reader. */
const RUN_COLUMNS = ["policy", "seed", "trace", "machines", "steps", "migration", "sharing"];

/** Returns the names; undefined where the catalogues have nothing to say. */
export function namesAt(place: Place, around: Surroundings): readonly KnownName[] | undefined {
  if (place.is === "key") return settingsAt(place, around);
  const lists = [POLICY_NAMES, METRIC_NAMES, MECHANISM_NAMES];
  const byType = lists.find((names) => names.some(({ name }) => around.offered.includes(name)));
  if (!byType && around.offered.length > 0) return undefined;
  const names = byType ?? ROLES.find(([role]) => role.test(place.role ?? ""))?.[1];
  if (names === MECHANISM_NAMES) return names;
  const table = tableAround(place, around);
  const { columns = [], values } = table ?? {};
  const valuesOf = values && ((column: string) => values[column]);
  if (names === undefined) return table && columnNames(columns, valuesOf);
  if (!values) return names;
  if (names === POLICY_NAMES) {
    const found = names.filter(({ name }) => columns.includes("policy") && values.policy.includes(name));
    return found.length > 0 ? found : names;
  }
  return columnNames(metricsOf(columns), valuesOf);
}

/** Returns the metrics of a table of runs or steps, the user's own too: the columns after the replicate's. */
function metricsOf(columns: readonly string[]): string[] {
  const last = Math.max(...REPLICATE.map((name) => columns.indexOf(name)));
  const isMetric = (name: string, i: number): boolean =>
    last < 0 ? METRIC_NAMES.some((metric) => metric.name === name) : i > last && !/^(step|time)$/.test(name);
  return columns.filter(isMetric);
}

function settingsAt({ role, calls, node }: Place, around: Surroundings): readonly KnownName[] | undefined {
  const isOurs = calls.some((call) => {
    const declaration = around.checker.getResolvedSignature(call)?.declaration as ts.Node | undefined;
    return declaration?.getSourceFile().fileName.startsWith(OURS);
  });
  if (!isOurs) return undefined;
  if (role === "model") return MODEL_NAMES;
  if (role !== "set" && role !== "policyParameters" && role !== "parameters") return undefined;
  const named = policiesIn(calls, node, around);
  const policies = named.length > 0 ? named : POLICY_NAMES.map(({ name }) => name);
  if (role === "set") return settingNames(policies);
  const all = policies.flatMap(parameterNames);
  return all.filter(({ name }, i) => all.findIndex((other) => other.name === name) === i);
}

/** Returns the built-in policies that the calls name, in strings or by values of earlier cells. */
function policiesIn(calls: readonly ts.CallExpression[], except: ts.Node, around: Surroundings): string[] {
  const { typescript, values } = around;
  const found = new Set<unknown>();
  const visit = (node: ts.Node): void => {
    if (node === except) return;
    if (typescript.isStringLiteralLike(node)) found.add(node.text);
    if (typescript.isIdentifier(node)) for (const text of values[node.text]?.strings ?? []) found.add(text);
    typescript.forEachChild(node, visit);
  };
  for (const call of calls) call.arguments.forEach(visit);
  return POLICY_NAMES.flatMap(({ name }) => (found.has(name) ? [name] : []));
}

/** Returns the columns of the nearest table that a call around the place belongs to or takes. */
function tableAround(
  { calls }: Place,
  { typescript, checker, values }: Surroundings,
): { readonly columns: readonly string[]; readonly values?: NonNullable<Seen["columns"]> } | undefined {
  const near = calls.flatMap((call) => [...receiversOf(typescript, call), ...call.arguments]);
  for (const node of near) {
    const columns = typescript.isIdentifier(node) ? values[node.text]?.columns : undefined;
    if (columns) return { columns: Object.keys(columns), values: columns };
  }
  const isTyped = near.some((node) => {
    const { symbol } = checker.getTypeAtLocation(node) as { symbol?: ts.Symbol };
    return symbol?.name === "ColumnTable" || symbol?.name === "Table";
  });
  return isTyped ? { columns: [...RUN_COLUMNS, ...METRIC_NAMES.map(({ name }) => name)] } : undefined;
}

/** Returns what a method is called on, and what that was made from: `t.groupby()` and `t`, for `rollup`. */
function receiversOf(typescript: TypeScript, call: ts.CallExpression): ts.Expression[] {
  const { expression } = call;
  if (!typescript.isPropertyAccessExpression(expression)) return [];
  const receiver = expression.expression;
  return [receiver, ...(typescript.isCallExpression(receiver) ? receiversOf(typescript, receiver) : [])];
}
