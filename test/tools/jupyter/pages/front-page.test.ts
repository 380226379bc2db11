import { expect, it } from "vitest";
import { frontPageHtml } from "../../../../src/tools/jupyter/pages/front-page.js";
import { chart, notebook, text } from "./example.js";

const other = { name: "01-b", notebook: notebook([text("# B"), chart("overview")]) };
const page = (...charts: string[]): string =>
  frontPageHtml(
    [{ name: "00-a", notebook: notebook([text("# A"), ...charts.map((c) => chart(c))]) }, other],
    "",
  );
const top = (html: string): string => /<div class="overview">([^]*?)<\/figure>/.exec(html)?.[1] ?? "";

it("begins with the overview of the first notebook, what it says, its caption and its files", () => {
  const figure = top(page("some", "overview"));
  for (const part of ["overview says so.", "About overview.", 'href="figures/00-overview.csv"']) {
    expect(figure).toContain(part);
  }
  expect(figure).toContain(' srcset="figures/00-overview.svg"');
  expect(top(page("some", "more"))).toContain("some says so.");
});

it("has a card for each notebook, and no figure on top without a notebook 00", () => {
  for (const name of ["00-a", "01-b"]) expect(page()).toContain(`<a class="card" href="${name}.html">`);
  expect(top(page())).toBe("");
  expect(top(frontPageHtml([other], ""))).toBe("");
});
