import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { table as arquero } from "arquero";
import { describe, expect, it } from "vitest";
import { lines } from "../../../src/charts/build/lines.js";
import type { Table } from "../../../src/charts/figure.js";
import { tableToCsv } from "../../../src/charts/export/csv.js";
import { escapeLatex } from "../../../src/charts/export/escape-latex.js";
import { latexColumn } from "../../../src/charts/export/latex-column.js";
import { tableToLatex } from "../../../src/charts/export/latex.js";
import { exportFigure } from "../../../src/charts/export/figure-files.js";
import { createRenderer } from "../../../src/charts/export/renderer.js";
import { redraw } from "../../../src/charts/export/redraw.js";
import { exportTable } from "../../../src/charts/export/table-files.js";

const NO_RENDERER = createRenderer({ browser: "none" });

const TABLE: Table = {
  name: "comparison",
  caption: { en: "A & B", zh: "甲与乙" },
  provenance: { en: "Made up.", zh: "虚构。" },
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
        "% needs \\usepackage{booktabs, siunitx}",
        "% Made up.",
        "\\begin{table}",
        "  \\centering",
        "  \\caption{A \\& B}",
        "  \\label{tab:comparison}",
        "  \\small",
        "  \\begin{tabular}{@{}lS[table-format=2.1]@{}}",
        "    \\toprule",
        "    Policy & {Load (\\%)} \\\\",
        "    \\midrule",
        "    my\\_policy & 12.3 \\\\",
        "    say \\textquotedbl{}a,b\\textquotedbl{} & {--} \\\\",
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
    expect(latex).toContain("策略 & {负载 (\\%)}");
    expect(latex).toContain("\\label{tab:x}");
    expect(latex).toContain("12.346");
  });

  it("escapes each character that LaTeX would take for a command", () => {
    expect(escapeLatex("\\{}$&#^_%~")).toBe(
      "\\textbackslash{}\\{\\}\\$\\&\\#\\textasciicircum{}\\_\\%\\textasciitilde{}",
    );
    expect(escapeLatex("class>=2, 5 × 10⁹")).toBe("class$>$=2, 5 $\\times$ 10$^9$");
  });

  it("sets numbers at their decimal points, with room for signs, powers and stars", () => {
    expect(columnOf([-0.5, 12.25, null])).toEqual(["S[table-format=-2.1]", "-0.5", "12.3", "{--}"]);
    expect(columnOf([1.25e-8, -2.5e-7])).toEqual(["S[table-format=-1.2e-1]", "1.25e-8", "-2.5e-7"]);
    expect(columnOf([3, 1200, Infinity])).toEqual(["S[table-format=4]", "3", "1200", "{$\\infty$}"]);
    expect(columnOf(["0.33*", "12.3", "–"])).toEqual([
      "S[table-format=2.2, table-space-text-post={*}]",
      "0.33 {*}",
      "12.3",
      "{--}",
    ]);
  });

  it("aligns means with their arms at the right, their stars beside", () => {
    expect(columnOf(["0.12 ± 0.01*", "−3 ± 1.5", "–"])).toEqual([
      "r@{\\hspace{1.5em}}",
      "$0.12 \\pm 0.01$\\rlap{*}",
      "$-3 \\pm 1.5$",
      "--",
    ]);
  });

  it("sets sentences in lines, and words as they are", () => {
    const sentence = "a sentence that is longer than forty letters";
    expect(columnOf([sentence])).toEqual(["p{15em}", sentence]);
    expect(columnOf(["3 GB", "4"])).toEqual(["l", "3 GB", "4"]);
    expect(columnOf([null])).toEqual(["l", "--"]);
  });

  it("breaks a header into lines of its column's width, and keeps its unit whole", () => {
    const label = { en: "LC load harmed in all", zh: "全部受损的时延敏感型负载" };
    const { header } = latexColumn({ name: "x", label, unit: "GB per h", values: [1] }, "en", 3);
    expect(header).toBe(
      "{\\begin{tabular}[b]{@{}c@{}}LC load\\\\harmed in\\\\all\\\\(GB per h)\\end{tabular}}",
    );
  });

  it("sets what is wider than a page in parts, each with the first column", () => {
    const columns = Array.from({ length: 14 }, (_, i) => ({ ...TABLE.columns[1], values: [100 + i] }));
    const rows = tableToLatex({ ...TABLE, columns }).match(/^ {4}1.*$/gm);
    const numbers = (from: number, to: number): string =>
      Array.from({ length: to - from + 1 }, (_, i) => 100 + from + i).join(" & ");
    expect(rows).toEqual([`    ${numbers(0, 11)} \\\\`, `    100 & ${numbers(12, 13)} \\\\`]);
  });

  it("takes smaller letters, then a page's width, where a column is too narrow", () => {
    const of = (count: number): string[] => {
      const columns = Array.from({ length: count }, () => ({ ...TABLE.columns[1], values: [123.4] }));
      const lines = tableToLatex({ ...TABLE, columns }).split("\n");
      return lines
        .filter((line) => /begin\{table|\\small|\\footnotesize/.test(line))
        .map((line) => line.trim());
    };
    const small = "\\footnotesize\\setlength{\\tabcolsep}{3pt}";
    // A column has 8 letters, "Load (%)": 38 points and 12 between columns, or 34 and 6; 240 and 505 are there.
    expect(of(5)).toEqual(["\\begin{table}", "\\small"]);
    expect(of(6)).toEqual(["\\begin{table}", small]);
    expect(of(7)).toEqual(["\\begin{table*}", "\\small"]);
    expect(of(12)).toEqual(["\\begin{table*}", small]);
    expect(of(13)).toEqual(["\\begin{table*}", small]);
  });
});

function columnOf(values: readonly (number | string | null)[]): string[] {
  const { format, cells } = latexColumn({ ...TABLE.columns[1], values }, "en", 3);
  return [format, ...cells];
}

it("exportTable takes an arquero table too", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "schedlab-table-")), "deep", "runs");
  const { files } = await exportTable(arquero({ policy: ["a"], moves: [3], gini: [NaN] }), path);
  expect(files).toEqual([`${path}.csv`, `${path}.tex`, `${path}.json`]);
  expect(await readFile(`${path}.csv`, "utf8")).toBe("policy,moves,gini\na,3,\n");
  expect(await readFile(`${path}.tex`, "utf8")).toContain("a & 3 & -- \\\\");
});

describe("a file that schedlab did not write", () => {
  it.each(["csv", "tex", "json"])("is not replaced: %s", async (extension) => {
    const path = join(await mkdtemp(join(tmpdir(), "schedlab-table-")), "mine");
    await writeFile(`${path}.${extension}`, "{}");
    await expect(exportTable(TABLE, path)).rejects.toThrow(
      `cannot write ${path}.${extension}: a file that schedlab did not write is there`,
    );
    expect(await readdir(dirname(path))).toEqual([`mine.${extension}`]);
  });

  it("is kept if it belongs to a chart of this name", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "schedlab-table-")), "mine");
    await exportFigure(lines([{ x: 1, y: 2 }], { x: "x", y: "y" }), path, { renderer: NO_RENDERER });
    const before = await readFile(`${path}.csv`, "utf8");
    await expect(exportTable(TABLE, path)).rejects.toThrow(
      `cannot write ${path}.json: the files of a chart have this name; choose another one`,
    );
    expect(await readFile(`${path}.csv`, "utf8")).toBe(before);
  });

  it("differs from an earlier result, which is replaced in any language", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "schedlab-table-")), "mine");
    await exportTable(TABLE, path);
    await exportTable(TABLE, path, { language: "zh" });
    expect(await readFile(`${path}.tex`, "utf8")).toContain("% 虚构。\n");
    await redraw(`${path}.json`, { language: "en" });
    expect(await readFile(`${path}.tex`, "utf8")).toContain("% Made up.\n");
  });
});
