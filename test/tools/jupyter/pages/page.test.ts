import { describe, expect, it } from "vitest";
import { pageHtml } from "../../../../src/tools/jupyter/pages/page.js";
import { provenanceHtml } from "../../../../src/notebook/provenance-html.js";
import { failing, notebook, text } from "./example.js";

const page = (cells: string, cell = text("# Title")): string =>
  pageHtml({ name: "07-x y", notebook: notebook([cell]), cells, madeBy: "<footer>made</footer>" });
const heading = (level: number, id: string): string =>
  `<h${level} id="${id}">The <em>${id}</em><a class="anchor-link" href="#${id}">¶</a></h${level}>`;

describe("the page of a notebook", () => {
  it("lists its headings, without the title", () => {
    const html = page(heading(1, "top") + heading(2, "a") + heading(3, "b"));
    expect(html.match(/<li .*<\/li>/g)).toEqual([
      '<li class="level-2"><a href="#a">The <em>a</em></a></li>',
      '<li class="level-3"><a href="#b">The <em>b</em></a></li>',
    ]);
    expect(html).not.toContain("¶");
    expect(page("<p>short</p>")).not.toContain("<summary>Contents");
  });

  it("links the notebook, and the files of its charts in the site's folder, whatever their folder was", () => {
    const html = page(
      '<source class="schedlab-file" data-srcset="../out/f/07-a.svg" media="x"/>' +
        '<a class="schedlab-file" download="" href="../out/f/07-a.svg">SVG</a>',
    );
    expect(html).toContain('href="notebooks/07-x%20y.ipynb"');
    expect(html).toContain('<source class="schedlab-file" srcset="figures/07-a.svg" media="x"/>');
    expect(html).toContain('<a class="schedlab-file" download="" href="figures/07-a.svg">SVG</a>');
  });

  it("keeps of a link to what the site does not have its text, and leads to pages of notebooks", () => {
    const html = page(
      '<a href="../docs/model.md#cpu">the model</a>, <a href="03-b.ipynb">b</a>, <a href="https://a.org/x">x</a>',
    );
    expect(html).toContain('the model, <a href="03-b.html">b</a>, <a href="https://a.org/x">x</a>');
  });

  it("loads what sets formulas only where there may be some", () => {
    expect(page("", text("about $x$"))).toContain("mathjax.js");
    expect(page("", text("about x"))).not.toContain("mathjax.js");
  });

  it("says at the top that a cell failed", () => {
    expect(page("", failing)).toContain('<a href="#failed">');
    expect(page("")).not.toContain('<a href="#failed">');
  });

  it("says once where the numbers are from, and what that is about where it is not about all", () => {
    const line = (of: string, said: string): string => provenanceHtml(said, of, of === "a");
    const html = page(
      line("a", "Generated trace. Seed 1.") +
        line("b", "Generated trace. Seed 2.") +
        line("c", "Generated trace. Seed 1."),
    );
    expect(html).not.toContain("schedlab-provenance");
    expect(html).toContain(
      '<p class="provenance"><b>Where the numbers are from.</b> Generated trace. <i>a, c:</i> Seed 1. <i>b:</i> Seed 2.</p>',
    );
    expect(page("<p>text</p>")).not.toContain("Where the numbers");
  });

  it("is Chinese around the cells, with a title of its own", () => {
    const metadata = { schedlab: { titles: { zh: "标题" } } };
    const html = pageHtml({
      name: "07-x",
      notebook: { cells: [text("# Title")], metadata },
      cells: '<h1 id="Title">Title<a>¶</a></h1><summary>Code</summary>',
      madeBy: "",
      language: "zh",
    });
    expect(html).toContain('<html lang="zh">');
    expect(html).toContain("<title>标题</title>");
    expect(html).toContain('<h1 id="Title">标题<a>');
    expect(html).toContain("<summary>代码</summary>");
    expect(html).toContain('data-hide="隐藏全部代码">显示全部代码</button>');
  });

  it("ends with how it was made", () => {
    expect(page("")).toContain("<footer>made</footer>");
  });
});
