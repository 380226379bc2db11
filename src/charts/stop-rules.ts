import { arrange } from "./build/arrange.js";
import { numbersOf } from "./build/channels.js";
import { lines } from "./build/lines.js";
import { verticalLine } from "./build/panels.js";
import { readRows, type RowTable } from "./build/rows.js";
import { withProvenance } from "./captions.js";
import { toText, type Figure, type Json, type Text, type Words } from "./figure.js";
import { mechanismName } from "./mechanisms.js";
import { secondsAxis, writeSeconds } from "./seconds.js";
import { words } from "./words/words.js";

/**
 * Returns the chart of the table of `compareStopRules`: rounds, total time and downtime side by side, by the
 * dirty rate over the bandwidth, a line for each rule. Throws InputError for no rows, for a missing column,
 * and for two rows of one rule at one dirty rate.
 *
 * @param options `source`: the origin of the numbers, at the end of the caption.
 */
export function stopRules(rules: RowTable, { source = "" }: { readonly source?: Words } = {}): Figure {
  const rows = readRows(rules);
  const { lambda, rules: text } = words.migrations;
  const names = [...new Set(rows.column("migration").values.map(String))];
  const read = (name: string): number[] => Array.from(numbersOf(rows.column(name), `${name} of stop rules`));
  const hasOne = read("lambda").some((value) => value > 1) && read("lambda").some((value) => value < 1);
  const charts = (["rounds", "seconds", "downtime"] as const).map((quantity): Figure => {
    const isTime = quantity !== "rounds";
    const figure = lines(rules, {
      x: "lambda",
      y: quantity,
      color: "migration",
      name: quantity,
      title: text[quantity],
      labels: { lambda, [quantity]: isTime ? { label: text[quantity], unit: "s" } : text[quantity] },
      names: Object.fromEntries(names.map((name) => [name, ruleName(name)])),
      looks: Object.fromEntries(names.map((name) => [name, { width: 1.5 }])),
      scales: isTime ? { [quantity]: "log" } : {},
      ranges: { lambda: "zero" },
      axes: {
        lambda: { dtick: 0.5 },
        [quantity]: isTime ? { ...secondsAxis(read(quantity)), title: "" } : { title: "" },
      },
    });
    const line: Json = hasOne ? [verticalLine(1)({ xAxis: 1, yAxis: 1 })] : [];
    return { ...figure, layout: { ...figure.layout, shapes: line } };
  });
  const figure = arrange(charts, {
    name: "stop-rules",
    title: text.title,
    says: saysOf(rows.column("migration").values.map(String), read("downtime")),
    caption: text.caption,
    aspect: 0.9,
  });
  return withProvenance(figure, text.method, toText(source));
}

/** Names the rules with the shortest and the longest of their worst downtimes. */
function saysOf(migrations: readonly string[], downtimes: readonly number[]): Text {
  const worst = new Map<string, number>();
  migrations.forEach((name, i) => worst.set(name, Math.max(worst.get(name) ?? 0, downtimes[i])));
  const sorted = [...worst].sort(([, a], [, b]) => a - b);
  const [best, last] = [sorted[0], sorted[sorted.length - 1]];
  const { says } = words.migrations.rules;
  return says(ruleName(best[0]), writeSeconds(best[1]), ruleName(last[0]), writeSeconds(last[1]));
}

/** Returns a rule's short name. */
function ruleName(key: string): Text {
  const { names } = words.migrations.rules;
  return Object.hasOwn(names, key) ? names[key] : mechanismName(key);
}
