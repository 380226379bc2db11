/** Means of one link in closed form, against values made by a separate program. */
import { describe, expect, it } from "vitest";
import { oneLink, type OneLinkDiscipline } from "../../../src/systems/traffic/queue/one-link.js";
import { publishedSizes } from "../../../src/systems/traffic/sizes/distribution.js";
import { readRows, readTable, referenceFiles, sharedTables, sizesOf, thresholdsIn } from "./reference.js";

const files = referenceFiles(/closed-forms.*\.csv$/);

function disciplineOf(name: string): OneLinkDiscipline {
  if (name.startsWith("MLFQ-PS")) return "mlfq";
  return name.toLowerCase() as OneLinkDiscipline;
}

describe.skipIf(files.length === 0)("closed forms of one link", () => {
  it.each(files)(
    "$name",
    (file) => {
      for (const row of readRows(file)) {
        const sizes = sizesOf(row.cdf, file);
        if (sizes === undefined) continue;
        const thresholds = thresholdsIn(row.thresholds_bytes);
        const means = oneLink(sizes, Number(row.load), disciplineOf(row.discipline), { thresholds });
        const place = `${row.cdf} ${row.load} ${row.discipline} ${row.thresholds_bytes}`;
        const near = (value: number, field: string, relative: number, absolute = 1e-5): void => {
          const wanted = Number(row[field]);
          // The file has five decimals; it says nan where a mean is infinite or a class is empty.
          if (Number.isNaN(wanted)) return;
          expect(Math.abs(value - wanted), `${place} ${field}`).toBeLessThanOrEqual(
            relative * wanted + absolute,
          );
        };
        near(means.completionTime, "mean_fct_over_mean_size", 1e-4);
        near(means.slowdown, "mean_slowdown", 1e-4);
        // Its classes are not split at 100 KB and 10 MB exactly: flows of about that size are in the other class.
        ["0-100KB", "100KB-10MB", ">10MB"].forEach((name, i) => {
          const { share, completionTime, slowdown } = means.classes[i];
          const strayed = Math.abs(share - Number(row[`share_of_flows_${name}`])) / share;
          if (share < 1e-4 || Number.isNaN(completionTime)) return;
          const edge = (i === 0 ? 1e5 : 1e7) / Number(row.mean_bytes);
          near(completionTime, `fct_over_mean_size_${name}`, 2e-3, 1e-5 + strayed * edge * (slowdown || 10));
          near(slowdown, `slowdown_${name}`, 2e-3);
        });
      }
    },
    60_000,
  );
});

describe.skipIf(sharedTables().length === 0)("the published sizes", () => {
  it.each(sharedTables())("$name is the table that other programs have", ({ name, path }) => {
    const { bytes, share } = publishedSizes(name);
    expect(Array.from(bytes, (size, i) => [size, share[i]])).toEqual(readTable(path));
  });
});
