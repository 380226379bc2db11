import type { ComparisonRow } from "../giantvm/testbed/against-published.js";
import { CONFIGURATIONS } from "../giantvm/testbed/configurations.js";
import { FIGURES } from "../giantvm/testbed/published.js";
import { InputError } from "../errors.js";
import { column, POLICY } from "./columns.js";
import type { Table } from "./figure.js";

/**
 * Returns the table of modelled figures beside the measured ones, with the deviation in percent, whether the
 * figure was used to calibrate the model and whether it puts the configurations in the measured order. Throws
 * InputError for no rows.
 */
export function publishedTable(rows: readonly ComparisonRow[]): Table {
  if (rows.length === 0) throw new InputError("no rows to show: compare at least one figure");
  return {
    name: "against-published",
    caption: {
      en: "The testbed model beside the authors' measurements (GiantVM, TACO 19(2), 2022; raw data of their plots).",
      zh: "测试平台模型与作者实测结果的对照（GiantVM, TACO 19(2), 2022；数据取自其绘图脚本）。",
    },
    columns: [
      column(
        "figure",
        { en: "Figure", zh: "指标" },
        "",
        rows.map(({ figure, unit }) =>
          unit === "" ? FIGURES[figure].en : `${FIGURES[figure].en} (${unit})`,
        ),
      ),
      column(
        "configuration",
        POLICY,
        "",
        rows.map(({ configuration }) => CONFIGURATIONS[configuration].label.en),
      ),
      column(
        "published",
        { en: "Measured", zh: "实测" },
        "",
        rows.map(({ published }) => published),
      ),
      column(
        "modelled",
        { en: "Modelled", zh: "建模" },
        "",
        rows.map(({ modelled }) => modelled),
      ),
      column(
        "deviation",
        { en: "Deviation", zh: "偏差" },
        "%",
        rows.map(({ deviation }) => 100 * deviation),
      ),
      column(
        "standing",
        { en: "Standing", zh: "用途" },
        "",
        rows.map(({ standing }) => standing),
      ),
      column(
        "sameOrder",
        { en: "Same order", zh: "次序一致" },
        "",
        rows.map(({ sameOrder }) => (sameOrder ? "yes" : "no")),
      ),
    ],
  };
}
