/** One name that is markup, a formula and a command everywhere, through everything that shows names. */
import { parse } from "csv-parse/sync";
import { table } from "arquero";
import { describe, expect, it } from "vitest";
import { csvText } from "../../src/base/csv.js";
import { visible } from "../../src/base/visible.js";
import { launchBrowser } from "../../src/charts/export/browser.js";
import { lines } from "../../src/charts/build/lines.js";
import { points } from "../../src/charts/build/points.js";
import { choose } from "../../src/charts/build/choose.js";
import { tableToCsv } from "../../src/charts/export/csv.js";
import { figureToLatex, tableToLatex } from "../../src/charts/export/latex.js";
import { createRenderer } from "../../src/charts/export/renderer.js";
import { fromPlotly } from "../../src/charts/from-plotly.js";
import { toText, type Figure, type Table } from "../../src/charts/figure.js";
import { toLive } from "../../src/charts/live/live.js";
import { plotlyText } from "../../src/charts/plotly-text.js";
import { toPlotly } from "../../src/charts/theme.js";
import { bundleOf, figureBundles } from "../../src/notebook/bundle.js";
import { comparisonCsv, comparisonText } from "../../src/tools/cli/comparison.js";
import { textTable } from "../../src/tools/cli/text-table.js";
import { documentHtml } from "../../src/tools/jupyter/pages/document.js";
import { METRICS } from "../../src/simulate/metrics/catalogue.js";

/** Markup of HTML, plotly, LaTeX, Markdown and CSV, and what steers a terminal. */
const NAME =
  "=1+cmd|'/C x'!A1 a<b <b>bold</b><br><a href=\"javascript:alert(1)\">link</a></script><img src=x onerror=alert(1)> " +
  '&lt;&amp; "quoted", \\input{x} 100% $x$ #1 _y^z ~ | * `c` \u001b[2J\nnext \u202e.';
/** What a reader must see of it, where it stands on one line. */
const SEEN = NAME.replace("\u001b", "␛").replace("\n", "␊").replace("\u202e", "\\u202e");

const ON_PAGE = { count: 0, isNewOnPage: () => true };
const ROWS = [NAME, "plain"].flatMap((policy) => [1, 2, 3].map((time) => ({ policy, time, load: time })));
const TABLE: Table = {
  name: NAME,
  caption: toText(NAME),
  provenance: toText(NAME),
  columns: [
    { name: NAME, label: toText(NAME), unit: NAME, values: [NAME, "plain"] },
    { name: "value", label: toText("value"), unit: "", values: [1, -2.5] },
  ],
};
const FIGURES: readonly Figure[] = [
  lines(ROWS, { x: "time", y: "load", color: "policy" }),
  points(ROWS, { x: "policy", y: "load", labels: { load: NAME } }),
  choose([lines(ROWS, { x: "time", y: "load", color: "policy" }), points(ROWS, { x: "time", y: "load" })], {
    names: [NAME, "plain"],
  }),
].map((figure) => ({
  ...figure,
  title: toText(NAME),
  says: toText(NAME),
  caption: toText(NAME),
  provenance: toText(NAME),
}));

/** Undoes an HTML escape. */
const unescaped = (html: string): string =>
  html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

it("is made visible, and is told from a number", () => {
  expect(visible(NAME)).toBe(SEEN);
  expect(["-", "-1", "+2.5e-3", "-0.5 ± 0.1*", "-3 %", "a=b", "–"].map(csvText)).toEqual([
    "-",
    "-1",
    "+2.5e-3",
    "-0.5 ± 0.1*",
    "-3 %",
    "a=b",
    "–",
  ]);
  expect(["=1", "@x", "+x", "-1-x()", "\t=1", "\n=1"].map(csvText)).toEqual([
    "'=1",
    "'@x",
    "'+x",
    "'-1-x()",
    "'\t=1",
    "'\n=1",
  ]);
});

describe("HTML", () => {
  const shown = [
    bundleOf(TABLE, {}, ON_PAGE),
    bundleOf(table({ [NAME]: [NAME] }), {}, ON_PAGE),
    bundleOf(NAME, { prose: true }, ON_PAGE),
    ...FIGURES.map((figure) => figureBundles(figure, {}, ON_PAGE)({ note: NAME, files: ["out/a<b>.svg"] })),
  ].map((bundle) => bundle["text/html"] as string);

  it.each(shown.map((html, i) => [i, html] as const))("of output %i has no tag of the name", (_, html) => {
    const [outside, ...scripts] = html.split("<script>");
    expect(outside).not.toMatch(/<(b|br|a href="java|img src=x)>?/);
    expect(outside).not.toContain("</script>");
    expect(unescaped(outside)).toContain("a<b <b>bold</b><br>");
    // One script, which ends where it should; the figure in it is JSON.
    expect(scripts.length).toBeLessThan(2);
    for (const script of scripts)
      expect(script.indexOf("</script>")).toBe(script.length - "</script>".length);
  });

  it("is not searched for formulas", () => {
    for (const html of shown.filter((html) => !html.includes("schedlab-prose")))
      expect(html).toMatch(/^<\w+ [^>]*class="[^"]*\bmathjax_ignore"/);
  });

  it("of a page keeps its title a title", () => {
    const page = documentHtml({ title: NAME, body: "", hasMath: false });
    expect(unescaped(/<title>([^<]*)<\/title>/.exec(page)?.[1] ?? "")).toBe(NAME);
  });
});

describe("charts", () => {
  const strings = (value: unknown): string[] =>
    typeof value === "string"
      ? [value]
      : value && typeof value === "object"
        ? Object.values(value).flatMap(strings)
        : [];

  it.each(FIGURES.map((figure, i) => [i, figure] as const))(
    "of figure %i hold no markup but their own",
    (_, figure) => {
      for (const drawn of [toPlotly(figure), toLive(figure)]) {
        const { data, layout } = drawn;
        for (const text of strings([data, layout]))
          expect(text).not.toMatch(/<(?!br>|\/?b>|\/?extra>)|<b>bold/);
      }
    },
  );

  it("leave charts in plotly's own format their markup", () => {
    const own = fromPlotly({
      data: [{ x: [1], y: [1], name: "<i>a</i> &lt;" }],
      layout: { title: "<b>T</b>" },
    });
    expect(toPlotly(own).data[0].name).toBe("<i>a</i> &lt;");
    expect(toLive(own).layout.title).toMatchObject({ text: "<b>T</b>" });
  });

  it("show the name in a browser as it is", async () => {
    const browser = await launchBrowser();
    if (browser === undefined) return;
    await browser.close();
    const renderer = createRenderer();
    const name = "a<b &lt; <b>c</b>";
    const rows = ROWS.map((row) => ({ ...row, policy: row.policy === NAME ? name : row.policy }));
    const svg = await renderer.svg(lines(rows, { x: "time", y: "load", color: "policy" }));
    await renderer.close();
    const texts = Array.from((svg ?? "").matchAll(/<text[^>]*>([^]*?)<\/text>/g), ([, text]) =>
      unescaped(text).replaceAll("&amp;", "&"),
    );
    expect(texts).toContain(name);
  }, 60_000);

  it("break lines where the text does", () => {
    expect(plotlyText("one\ntwo & <three>")).toBe("one<br>two &amp; &lt;three&gt;");
  });
});

describe("CSV", () => {
  it("keeps the name in one field, and no formula", () => {
    const [head, first, second] = parse(tableToCsv(TABLE));
    expect(head).toEqual([`'${NAME} (${NAME})`, "value"]);
    expect([first, second]).toEqual([
      [`'${NAME}`, "1"],
      ["plain", "-2.5"],
    ]);
  });

  it("is the same from a command", () => {
    const metric = METRICS[0];
    const rows = [{ policy: NAME, values: { [metric.name]: -1 }, competes: true }];
    const csv = parse(comparisonCsv(rows, { metrics: [metric], sort: metric }));
    expect(csv).toEqual([
      ["policy", metric.name],
      [`'${NAME}`, "-1"],
    ]);
  });
});

describe("a terminal and Markdown", () => {
  const metric = METRICS[0];
  const rows = [{ policy: NAME, values: { [metric.name]: 1 }, competes: true }];
  const choice = { metrics: [metric], sort: metric };

  it("show the name on one line", () => {
    expect(textTable([{ policy: NAME, n: 1 }]).split("\n")[1]).toBe(`${SEEN}  1`);
    const text = comparisonText(rows, choice, { width: 1000, basis: "" });
    expect(text).toContain(SEEN);
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });

  it("escape what Markdown would read", () => {
    const text = comparisonText(rows, choice, { width: 1000, isMarkdown: true, basis: "" });
    const line = text.split("\n").find((one) => one.includes("cmd"))!;
    expect(line.replaceAll(/\\([\\`*[\]<&|])/g, "$1")).toContain(SEEN);
    expect(line).not.toMatch(/(?<!\\)<|(?<!\\)\|[^ ]/);
  });
});

describe("LaTeX", () => {
  it("holds the name as text, without commands of its own", () => {
    const figure = figureToLatex(
      { ...FIGURES[0], name: NAME },
      { language: "en", width: "column", file: "a.pdf" },
    );
    for (const latex of [tableToLatex(TABLE), figure]) {
      const code = latex
        .split("\n")
        .filter((line) => !line.startsWith("%"))
        .join("\n");
      expect(code).not.toMatch(/\\input|(?<!\\)[%#]/);
      // A caption ends on its line: an empty line in it would be an error.
      expect(code).not.toMatch(/\n\s*\n/);
      expect(code).toContain("100\\% \\$x\\$ \\#1 \\_y\\textasciicircum{}z \\textasciitilde{}");
      expect(latex.split("\n").every((line) => line.startsWith("%") || !line.startsWith("next"))).toBe(true);
    }
  });
});
