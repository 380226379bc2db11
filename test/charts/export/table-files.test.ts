import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { table as arquero } from "arquero";
import { describe, expect, it } from "vitest";
import type { Table } from "../../../src/charts/figure.js";
import { tableToCsv } from "../../../src/charts/export/csv.js";
import { escapeLatex, tableToLatex } from "../../../src/charts/export/latex.js";
import { exportTable } from "../../../src/charts/export/table-files.js";

const TABLE: Table = {
  name: "comparison",
  caption: { en: "A & B", zh: "甲与乙" },
  columns: [
    { name: "policy", label: { en: "Policy", zh: "策略" }, unit: "", values: ["my_policy", 'say "a,b"'] },
    { name: "load", label: { en: "Load", zh: "负载" }, unit: "%", values: [12.3456, null] },
  ],
};

it("CSV has units in the header, full precision, quotes where needed, empty undefined cells", () => {
  expect(tableToCsv(TABLE)).toBe('policy,load (%)\nmy_policy,12.3456\n"say ""a,b""",\n');
});

describe("tableToLatex", () => {
  it("is a booktabs table with specials escaped", () => {
    expect(tableToLatex(TABLE)).toBe(
      [
        "% needs \\usepackage{booktabs}",
        "\\begin{table}",
        "  \\centering",
        "  \\caption{A \\& B}",
        "  \\label{tab:comparison}",
        "  \\begin{tabular}{lr}",
        "    \\toprule",
        "    Policy & Load (\\%) \\\\",
        "    \\midrule",
        "    my\\_policy & 12.3 \\\\",
        "    say \\textquotedbl{}a,b\\textquotedbl{} & -- \\\\",
        "    \\bottomrule",
        "  \\end{tabular}",
        "\\end{table}",
        "",
      ].join("\n"),
    );
  });

  it("speaks Chinese and takes a label", () => {
    const latex = tableToLatex(TABLE, { language: "zh", label: "tab:x", digits: 5 });
    expect(latex).toContain("\\caption{甲与乙}");
    expect(latex).toContain("策略 & 负载 (\\%)");
    expect(latex).toContain("\\label{tab:x}");
    expect(latex).toContain("12.346");
  });

  it("escapes each character that LaTeX would take for a command", () => {
    expect(escapeLatex("\\{}$&#^_%~")).toBe(
      "\\textbackslash{}\\{\\}\\$\\&\\#\\textasciicircum{}\\_\\%\\textasciitilde{}",
    );
    expect(escapeLatex("class>=2, 5 × 10⁹")).toBe("class$>$=2, 5 $\\times$ 10$^9$");
  });

  it("writes a minus and a power of ten as LaTeX does", () => {
    const values = [-0.5, 1.25e-8, -2.5e-7];
    const latex = tableToLatex({ ...TABLE, columns: [{ ...TABLE.columns[1], values }] });
    const cells = latex.split("\n").flatMap((line) => /^ {4}(.*\d.*) \\\\$/.exec(line)?.[1] ?? []);
    expect(cells).toEqual(["$-$0.5", "1.25 $\\times 10^{-8}$", "$-$2.5 $\\times 10^{-7}$"]);
  });
});

it("exportTable takes an arquero table too", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "schedlab-table-")), "deep", "runs");
  const { files } = await exportTable(arquero({ policy: ["a"], moves: [3], gini: [NaN] }), path);
  expect(files).toEqual([`${path}.csv`, `${path}.tex`]);
  expect(await readFile(`${path}.csv`, "utf8")).toBe("policy,moves,gini\na,3,\n");
  expect(await readFile(`${path}.tex`, "utf8")).toContain("a & 3 & -- \\\\");
});
