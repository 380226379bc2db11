import type { ComparisonRow } from "../giantvm/testbed/against-published.js";
import { CONFIGURATIONS } from "../giantvm/testbed/configurations.js";
import { FIGURES } from "../giantvm/testbed/published.js";
import { InputError } from "../errors.js";
import { paperTable } from "./build/paper-table.js";
import { POLICY } from "./columns.js";
import type { Table } from "./figure.js";
import { say } from "./words/say.js";

/**
 * Returns the table of modelled figures beside the measured ones, with the deviation in percent, whether the
 * figure was used to calibrate the model and whether it puts the configurations in the measured order. Throws
 * InputError for no rows.
 */
export function publishedTable(rows: readonly ComparisonRow[]): Table {
  if (rows.length === 0) throw new InputError("no rows to show: compare at least one figure");
  const shown = rows.map(
    ({ figure, unit, configuration, published, modelled, deviation, standing, sameOrder }) => ({
      figure: unit === "" ? FIGURES[figure].en : `${FIGURES[figure].en} (${unit})`,
      configuration: CONFIGURATIONS[configuration].label.en,
      published,
      modelled,
      deviation,
      standing,
      sameOrder: sameOrder ? "yes" : "no",
    }),
  );
  const own = (["figure", "published", "modelled", "standing", "sameOrder"] as const).map(
    (name) => [name, say(({ testbed }) => testbed.published[name])] as const,
  );
  return paperTable(shown, {
    name: "against-published",
    caption: say(({ testbed }) => testbed.published.caption),
    labels: {
      ...Object.fromEntries(own),
      configuration: POLICY,
      deviation: { label: say(({ testbed }) => testbed.published.deviation), unit: "%", scale: 100 },
    },
  });
}
