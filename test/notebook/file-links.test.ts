import { join } from "node:path";
import { expect, it } from "vitest";
import { filesHtml, fileUrl, linkedFiles, narrowSource, pointLinks } from "../../src/notebook/file-links.js";

const html =
  narrowSource("../figures/03-a.svg") + filesHtml(["../figures/03-a.svg", "../figures/03-b 中.tex"]);

it("names each file by its format, and nothing where no file was written", () => {
  expect(html.match(/>[^<]+</g)).toEqual([">SVG<", "> · <", ">LaTeX<"]);
  expect(filesHtml([])).toBe("");
});

it("gives URLs as seen from the working directory, for files of any name", () => {
  expect(fileUrl(join(process.cwd(), "figures", "a#b.svg"))).toBe("figures/a%23b.svg");
  expect(linkedFiles(html)).toEqual(["../figures/03-a.svg", "../figures/03-b%20%E4%B8%AD.tex"]);
});

it("points links at another folder, and pictures of narrow pages on pages only", () => {
  const moved = pointLinks(html, "figures");
  expect(linkedFiles(moved)).toEqual(["figures/03-a.svg", "figures/03-b%20%E4%B8%AD.tex"]);
  expect(moved).toContain(' data-srcset="figures/03-a.svg"');
  expect(pointLinks(moved, "x", { isPage: true })).toContain(' srcset="x/03-a.svg"');
  expect(pointLinks('<a href="../figures/03-a.svg">', "x")).toBe('<a href="../figures/03-a.svg">');
});
