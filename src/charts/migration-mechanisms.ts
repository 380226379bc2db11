/** Charts of what it costs to move one task: stop rules, closed forms, mechanisms, measurements. */
import { MEASURED_MIGRATIONS } from "../cluster/migration/measured.js";
import { MIGRATIONS, type Circumstances } from "../cluster/migration/presets.js";
import type { ClosedFormRow, MechanismRow, StopRuleRow } from "../cluster/migration/study.js";
import { lines } from "./build/lines.js";
import type { ColumnLabel } from "./build/options.js";
import { paperTable } from "./build/paper-table.js";
import { points } from "./build/points.js";
import { joinTexts } from "./captions.js";
import type { Figure, Text } from "./figure.js";
import { seriesStyle } from "./theme.js";
import { say } from "./words/say.js";

/** What the charts draw of a migration: unit and scale. */
const UNITS = {
  rounds: {},
  bytes: { unit: "GB", scale: 1e-9 },
  seconds: { unit: "s" },
  downtime: { unit: "s" },
  lost: { unit: "s" },
} as const;

const LAMBDA = say(({ mechanisms }) => mechanisms.lambda);
const XY = { x: "x", y: "y", color: "series" } as const;

/**
 * Returns the chart of a quantity of pre-copy against the dirty rate, a curve for each set of stop rules.
 *
 * @param about What was moved, over which network, for the caption.
 */
export function stopRules(
  rows: readonly StopRuleRow[],
  name: "rounds" | "bytes" | "seconds" | "downtime",
  about: Text,
): Figure {
  const y = quantity(name);
  const rules = [...new Set(rows.map((row) => row.rules))];
  return lines(
    rows.map((row) => ({
      series: say((words) => words.mechanisms.ruleNames[row.rules]).en,
      x: row.lambda,
      y: row[name],
    })),
    {
      ...XY,
      name: `stop-rules-${name}`,
      title: say(({ mechanisms }, of) => mechanisms.stopRules.title(of(y.label))),
      caption: say(({ mechanisms }) => mechanisms.stopRules.caption),
      source: about,
      labels: { x: LAMBDA, y, series: say(({ mechanisms }) => mechanisms.rules) },
      names: byEnglish(rules.map((rule) => say(({ mechanisms }) => mechanisms.ruleNames[rule]))),
      scales: { y: name === "rounds" ? "linear" : "log" },
      ranges: { x: "zero" },
    },
  );
}

const CLOSED_FORM = ["closedSeconds", "seconds", "closedDowntime", "downtime"] as const;

/** Returns the chart of simulated pre-copy (points) on its closed form (lines): total time and downtime. */
export function closedFormCheck(rows: readonly ClosedFormRow[], about: Text): Figure {
  const names = CLOSED_FORM.map((key) => say(({ mechanisms }) => mechanisms.closedForm[key]));
  const modes = CLOSED_FORM.map((key, i) => {
    const mode = key.startsWith("closed") ? "lines" : "markers";
    return [names[i].en, { mode }] as const;
  });
  return lines(
    CLOSED_FORM.flatMap((key, i) => rows.map((row) => ({ series: names[i].en, x: row.lambda, y: row[key] }))),
    {
      ...XY,
      name: "pre-copy-closed-form",
      title: say(({ mechanisms }) => mechanisms.closedForm.title),
      caption: say(({ mechanisms }) => mechanisms.closedForm.caption),
      source: about,
      labels: {
        x: LAMBDA,
        y: { label: say(({ common }) => common.time), unit: "s" },
        series: say(({ mechanisms }) => mechanisms.quantity),
      },
      names: byEnglish(names),
      looks: Object.fromEntries(modes),
      scales: { y: "log" },
      ranges: { x: "zero" },
    },
  );
}

/**
 * Returns the chart of a quantity against the memory that the task holds, a curve for each way to move it.
 */
export function mechanismsByMemory(
  rows: readonly MechanismRow[],
  name: "bytes" | "seconds" | "downtime" | "lost",
  about: Text,
): Figure {
  const y = quantity(name);
  return lines(
    rows.map((row) => ({ series: row.migration, x: row.memory, y: row[name] })),
    {
      ...XY,
      name: `mechanisms-${name}`,
      title: say(({ mechanisms }, of) => mechanisms.byMemory.title(of(y.label))),
      caption: joinTexts(
        say(({ mechanisms }) => mechanisms.byMemory.caption),
        ...(name === "lost" ? [say(({ mechanisms }) => mechanisms.byMemory.lost)] : []),
      ),
      source: about,
      labels: {
        x: { label: say(({ mechanisms }) => mechanisms.memory), unit: "GB", scale: 1e-9 },
        y,
        series: say(({ common }) => common.migration),
      },
      scales: { x: "log", y: "log" },
    },
  );
}

const MEASURED = ["giantVm", "vm", "giantVmModelled", "vmModelled"] as const;

/**
 * Returns the chart of what nine applications were measured to send when they moved, inside a GiantVM and
 * with a virtual machine, beside what the model's presets `giantvm` and `vm` send for the same working sets.
 */
export function measuredMigrations(circumstances: Circumstances): Figure {
  const modelled = (name: "giantvm" | "vm", workingSet: number): number =>
    MIGRATIONS[name].cost(workingSet * 1e6, circumstances).bytes / 1e6;
  const wide = MEASURED_MIGRATIONS.map(({ application, workingSet, giantVm, vm }) => ({
    application,
    workingSet,
    giantVm,
    vm,
    giantVmModelled: modelled("giantvm", workingSet),
    vmModelled: modelled("vm", workingSet),
  }));
  const names = Object.fromEntries(
    MEASURED.map((key) => [key, say(({ mechanisms }) => mechanisms.measured[key])]),
  );
  const title = say(({ mechanisms }) => mechanisms.measured.title);
  const application = say(({ mechanisms }) => mechanisms.measured.application);
  const figure = points(
    MEASURED.flatMap((series, i) =>
      wide.map((row) => ({ application: row.application, series, traffic: row[series], isModelled: i > 1 })),
    ),
    {
      x: "traffic",
      y: "application",
      color: "series",
      hollow: "isModelled",
      name: "measured-migrations",
      title,
      caption: say(({ mechanisms }) => mechanisms.measured.caption),
      labels: {
        traffic: { label: say(({ mechanisms }) => mechanisms.measured.traffic), unit: "MB" },
        application,
      },
      names,
      looks: Object.fromEntries(MEASURED.map((key, i) => [key, seriesStyle(i % 2)])),
      scales: { traffic: "log" },
      axes: { traffic: { showgrid: true } },
    },
  );
  const inMb = (label: Text): ColumnLabel => ({ label, unit: "MB" });
  const columns = wide.map(({ application: name, workingSet, ...traffic }) => ({
    application: name,
    workingSet,
    ...Object.fromEntries(MEASURED.map((key) => [names[key].en, traffic[key]])),
  }));
  const table = paperTable(columns, {
    name: "measured-migrations",
    caption: title,
    labels: {
      application,
      workingSet: inMb(say(({ mechanisms }) => mechanisms.measured.workingSet)),
      ...Object.fromEntries(MEASURED.map((key) => [names[key].en, inMb(names[key])])),
    },
  });
  return { ...figure, table };
}

function quantity(name: keyof typeof UNITS): ColumnLabel & { readonly label: Text } {
  return { label: say(({ mechanisms }) => mechanisms[name]), ...UNITS[name] };
}

function byEnglish(names: readonly Text[]): Record<string, Text> {
  return Object.fromEntries(names.map((name) => [name.en, name]));
}
