import { describe, expect, it } from "vitest";
import { MIGRATIONS } from "../../src/cluster/migration/presets.js";
import { stylesOf, PALETTE, type SeriesStyle } from "../../src/charts/looks.js";
import { LINE_UP, POLICIES } from "../../src/policies/index.js";
import { ARCHITECTURES } from "../../src/architectures/registry.js";
import { ORDERS } from "../../src/systems/dag/registry.js";
import { CONFIGURATIONS } from "../../src/systems/giantvm/testbed/configurations.js";
import { TRANSPORTS } from "../../src/systems/giantvm/dsm/transports.js";

const key = ({ color, dash, symbol }: SeriesStyle): string => `${color} ${dash} ${symbol}`;
const POLICY_NAMES = POLICIES.map(({ name }) => name);

/** Every kind of thing with a look of its own, by its column. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  policy: POLICY_NAMES,
  migration: Object.keys(MIGRATIONS),
  configuration: Object.keys(CONFIGURATIONS),
  transport: TRANSPORTS,
  order: ORDERS.map(({ name }) => name),
  architecture: ARCHITECTURES.map(({ name }) => name),
};

describe("stylesOf", () => {
  it.each(Object.entries(KINDS))("gives all built-in names of %s styles that differ", (column, names) => {
    const styles = stylesOf(column, names);
    expect(new Set(styles.map(key)).size).toBe(names.length);
    expect(styles.every(({ color }) => PALETTE.includes(color))).toBe(true);
  });

  it.each(Object.entries(KINDS))("keeps the style of a %s in every chart", (column, names) => {
    const all = stylesOf(column, names);
    names.forEach((name, i) => {
      const others = names.filter((_, at) => (at * 7 + i) % 3 === 0 && at !== i);
      expect(stylesOf(column, [...others, name, "own"])[others.length]).toEqual(all[i]);
      const kind = Object.values(KINDS).find((known) => known.includes(name))!;
      if (kind === names) expect(stylesOf("series", [name])).toEqual([all[i]]);
    });
  });

  it("gives the policies that are compared most often colors that differ", () => {
    const common = ["no-migration", "least-loaded", "threshold", "gini-greedy", "steal-time", "quincy-flow"];
    expect(common.every((name) => (LINE_UP as readonly string[]).includes(name))).toBe(true);
    expect(new Set(stylesOf("policy", common).map(({ color }) => color)).size).toBe(common.length);
  });

  it("gives own policies free styles, whatever the order of rows and the other policies", () => {
    const own = ["drain", "my policy", "threshold 2", "调度"];
    const alone = stylesOf("policy", own);
    expect(stylesOf("policy", [...own].reverse())).toEqual([...alone].reverse());
    expect(stylesOf("policy", [...POLICY_NAMES, ...own]).slice(POLICY_NAMES.length)).toEqual(alone);
    for (const { color } of alone) expect(PALETTE).not.toContain(color);
  });

  it("never gives two values the same style", () => {
    for (let n = 1; n <= 60; n++) {
      const names = Array.from({ length: n }, (_, i) => `p${(i * 7919) % 1000}-${n}`);
      for (const column of ["policy", "group"]) {
        const styles = stylesOf(column, [...names, "gini-greedy", "pre-copy", "bound"]);
        expect(new Set(styles.map(key)).size).toBe(n + 3);
      }
    }
  });

  it("numbers the values of other columns in their order", () => {
    expect(stylesOf("group", ["a", "b"]).map(({ color }) => color)).toEqual(PALETTE.slice(0, 2));
  });
});
