import type { ColumnTable } from "arquero";
import { CONFIGURATIONS, type ConfigurationName } from "../testbed/configurations.js";
import { FIGURES, type FigureName } from "../testbed/published.js";
import { paperTable } from "../../../charts/build/paper-table.js";
import { POLICY } from "../../../charts/columns.js";
import type { Table } from "../../../charts/figure.js";
import { giantVmWords } from "./words/words.js";

interface Row {
  readonly figure: FigureName;
  readonly unit: string;
  readonly configuration: ConfigurationName;
  readonly sameOrder: boolean;
}

/**
 * Returns the table of `againstPublished` for papers: modelled and measured metrics, the deviation in
 * percent, whether the metric was used to calibrate the model, and whether it orders the configurations as
 * measured. Throws InputError for no rows.
 */
export function publishedTable(rows: ColumnTable): Table {
  const shown = (rows.objects() as Row[]).map(({ figure, unit, configuration, sameOrder, ...others }) => ({
    figure: unit === "" ? FIGURES[figure].en : `${FIGURES[figure].en} (${unit})`,
    configuration: CONFIGURATIONS[configuration].label.en,
    ...others,
    sameOrder: sameOrder ? "yes" : "no",
  }));
  const own = (["figure", "published", "modelled", "standing", "sameOrder"] as const).map(
    (name) => [name, giantVmWords.testbed.published[name]] as const,
  );
  return paperTable(shown, {
    name: "against-published",
    caption: giantVmWords.testbed.published.caption,
    labels: {
      ...Object.fromEntries(own),
      configuration: POLICY,
      deviation: { label: giantVmWords.testbed.published.deviation, unit: "%", scale: 100 },
    },
  });
}
