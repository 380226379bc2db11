/** Figures and tables as LaTeX sees them: with its compiler where it is installed. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { figureToLatex, tableToLatex } from "../../../src/charts/export/latex.js";
import { FIGURES } from "../every-figure.js";

const figure = { ...FIGURES[0], name: "heat", caption: { en: "CPU, 5 %.", zh: "CPU，5 %。" } };

describe("figureToLatex", () => {
  const draw = (width: "column" | "345pt" | "400px"): string[] =>
    figureToLatex(
      { ...figure, provenance: { en: "Made\nup.", zh: "" } },
      { width, language: "en", file: "a.pdf" },
    )
      .trim()
      .split("\n");

  it("shows the PDF in the width for which it was drawn", () => {
    expect(draw("column")).toEqual([
      "% needs \\usepackage{graphicx} and, in another folder, \\graphicspath{{folder/}}",
      "% Made up.",
      "\\begin{figure}",
      "  \\centering",
      "  \\includegraphics[width=3.333in]{a.pdf}",
      "  \\caption{CPU, 5 \\%.}",
      "  \\label{fig:heat}",
      "\\end{figure}",
    ]);
    expect(draw("345pt")).toContain("  \\includegraphics[width=345pt]{a.pdf}");
    expect(draw("345pt").at(-1)).toBe("\\end{figure*}");
    // LaTeX has no pixels of a 96th of an inch.
    expect(draw("400px")).toContain("  \\includegraphics[width=4.167in]{a.pdf}");
  });
});

const hasLatex = ((): boolean => {
  try {
    execFileSync("kpsewhich", ["siunitx.sty", "booktabs.sty"], { stdio: "pipe" });
    return true;
  } catch {
    process.stderr.write("skipped: no LaTeX with siunitx and booktabs is installed here\n");
    return false;
  }
})();

it.skipIf(!hasLatex)(
  "LaTeX sets all that it is given, and tables fit their columns",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "schedlab-latex-"));
    const column = (en: string, unit: string, values: readonly (string | number | null)[]): object => ({
      name: en,
      label: { en, zh: en },
      unit,
      values,
    });
    const table = (count: number): string =>
      tableToLatex({
        name: `t${count}`,
        caption: { en: "A & B #1 100 % a_b ≥ ± Δ", zh: "" },
        provenance: { en: "Made up, 100 %.", zh: "" },
        columns: [
          column("Policy", "", ["gini-greedy", "x_y & {z}"]),
          column("Gini coefficient", "", [0.123, -0.4]),
          column("Tiny values", "s", [1.2e-9, null]),
          column("Migration traffic", "GB", ["12.3 ± 1.2*", "–"]),
          column("What it is", "", ["a sentence that is longer than forty letters, and more", "short"]),
          column("Executions", "", [1_234_567, 3]),
        ].slice(0, count) as never,
      });
    const shown = figureToLatex(figure, { width: "column", language: "en", file: "example-image.pdf" });
    const body = [table(2), table(3), table(6), shown.replace(/ {2}\\includegraphics.*\n/, "")].join("\n");
    writeFileSync(
      join(folder, "a.tex"),
      `\\documentclass[10pt,twocolumn]{article}
\\usepackage[textwidth=7in,columnsep=0.33in]{geometry}\\usepackage{graphicx,booktabs,siunitx}
\\begin{document}${body}\\end{document}`,
    );
    const log = execFileSync("pdflatex", ["-interaction=nonstopmode", "-halt-on-error", "a.tex"], {
      cwd: folder,
    });
    expect(log.toString()).not.toMatch(/Overfull|^!|undefined/m);
    expect(log.toString()).toMatch(/Output written/);
  },
  60_000,
);
