import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { EMPTY_SEQUENCE, linkPages, sequenceHtml } from "../../../../src/tools/jupyter/pages/sequence.js";

const pages = ["a", "b b", "c"].map((name) => ({ name, title: name.toUpperCase() }));

it("links to the pages before and after, where there are any", () => {
  const links = (at: number): string[] => sequenceHtml(pages, at).match(/href="[^"]*"/g) ?? [];
  expect(links(0)).toEqual(['href="index.html"', 'href="b%20b.html"']);
  expect(links(1)).toEqual(['href="a.html"', 'href="index.html"', 'href="c.html"']);
  expect(links(2)).toEqual(['href="b%20b.html"', 'href="index.html"']);
});

it("fills in all pages of a folder, again when a page was added", async () => {
  const site = mkdtempSync(join(tmpdir(), "schedlab-site-"));
  onTestFinished(() => {
    rmSync(site, { recursive: true });
  });
  const write = (name: string): void => {
    const html = `<title>${name} &#38; co</title>${EMPTY_SEQUENCE}<p>x</p>${EMPTY_SEQUENCE}`;
    writeFileSync(join(site, `${name}.html`), html);
  };
  const read = (name: string): string => readFileSync(join(site, `${name}.html`), "utf8");
  for (const name of ["index", "00-a", "02-c"]) write(name);
  await linkPages(site);
  expect(read("00-a").match(/href="02-c.html">02-c &#38; co →</g)).toHaveLength(2);
  expect(read("index")).toContain(EMPTY_SEQUENCE);
  write("01-b");
  await linkPages(site);
  expect(read("00-a").match(/href="01-b.html"/g)).toHaveLength(2);
  expect(read("00-a")).not.toContain("02-c");
});
