/** Puts several figures into one place: a reader of the live chart chooses one of them from a menu. */
import { InputError } from "../../base/errors.js";
import { refuseUnknownKeys } from "../../base/known-keys.js";
import { checkFigures, toText, type Figure, type Words } from "../figure.js";
import { words } from "../words/words.js";
import { joinTables } from "./join-tables.js";

export interface ChooseOptions {
  /** What the menu chooses, such as "Metric" or "Policy". Default "Chart". */
  readonly label?: Words;
  /** The names in the menu. Default: the titles of the charts. */
  readonly names?: readonly Words[];
  /** The number of the chart that is shown at first, and in files. Default 0. */
  readonly shown?: number;
}

/**
 * Returns a figure that shows one of the charts; a live chart has a menu with the others. Files show the
 * chart that is shown at first, and have the rows of all, with a column `panel`. If all charts have a slider
 * with the same steps, the slider moves all of them. Throws InputError for no chart, for charts with menus of
 * their own, and for names or a number that do not fit the charts.
 */
export function choose(charts: readonly Figure[], options: ChooseOptions = {}): Figure {
  refuseUnknownKeys(options, ["label", "names", "shown"], "option of choose");
  checkFigures("choose", charts);
  const { label = words.common.chart, names = charts.map(({ title }) => title), shown = 0 } = options;
  if (charts.length === 0) throw new InputError("no chart to choose: give a list of at least one");
  if (names.length !== charts.length)
    throw new InputError(`choose: ${names.length} names for ${charts.length} charts: give one for each`);
  const twice = names.find((name, i) => names.map(keyOf).indexOf(keyOf(name)) < i);
  if (twice !== undefined)
    throw new InputError(
      `choose: two charts are called ${keyOf(twice)}: give each a name of its own in names`,
    );
  if (!Number.isInteger(shown) || shown < 0 || shown >= charts.length)
    throw new InputError(`choose: shown ${shown}: give a whole number from 0 to ${charts.length - 1}`);
  for (const { name, choices } of charts) {
    if (choices) throw new InputError(`choose: ${name} has a menu of its own: give its charts`);
  }
  const figures = charts.map((figure, i) => ({ name: toText(names[i]), figure }));
  const { name, title } = charts[shown];
  const parts = figures.map(({ name: panel, figure: { table } }) => ({ panel, table }));
  return {
    ...charts[shown],
    table: joinTables(parts, { name, caption: title }),
    choices: { label: toText(label), shown, figures },
  };
}

function keyOf(name: Words): string {
  return toText(name).en;
}
