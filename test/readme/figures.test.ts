/**
 * Every figure in README.md and the pages of docs/ with blocks is what a command prints now, or is not there.
 * `npm run readme` makes the blocks anew.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { policiesPage } from "../../src/tools/cli/policies-page.js";
import { POLICIES } from "../../src/policies/index.js";
import { schedlab } from "../tools/cli/capture.js";
import { blockOf, needsFiles, PAGES, replaceBlocks, traceFolder } from "./blocks.mjs";

const ROOT = join(import.meta.dirname, "../..");

const pages = PAGES.map((page) => ({ page, markdown: readFileSync(join(ROOT, page), "utf8") }));

/** Blocks of commands that need no file of their page; examples.test.ts has the others. */
const blocks: { readonly command: string; readonly block: string }[] = [];
for (const { markdown } of pages) {
  replaceBlocks(markdown, (block, command) => {
    if (!needsFiles(command)) blocks.push({ command, block });
    return block;
  });
}

/** Those that take seconds, and hence are run here in full. */
const CHEAP = [
  "schedlab compare synthetic",
  "schedlab compare google2011:../shared/data/planetlab-20110303-as-2011 --set referenceMemoryGib=4",
  "schedlab policies --json",
];

/**
 * Returns the words in the heads of all tables of a text, sorted, without the key columns: longer numbers may
 * make two tables of one. A head ends with the line that begins with "policy".
 */
function headWords(text: string): string[] {
  const heads = Array.from(text.matchAll(/(?:^ .*\n)*^policy( .*)$/gm), ([head]) =>
    head.replace(/^policy( +allowed)?/m, ""),
  );
  return heads.join(" ").trim().split(/\s+/).sort();
}

describe("the tables", () => {
  for (const command of CHEAP) {
    const folder = traceFolder(command);
    const isThere = folder === undefined || existsSync(join(ROOT, folder));
    it.skipIf(!isThere)(
      `${command} prints what is there (skipped without its trace)`,
      async () => {
        const { block } = blocks.find((candidate) => candidate.command === command)!;
        const { stdout } = await schedlab(...command.split(" ").slice(1));
        expect(blockOf(command, stdout)).toBe(block);
      },
      600_000,
    );
  }

  it.each(blocks.filter(({ command }) => /^schedlab (compare|capacity) /.test(command)))(
    "$command is understood, and has the columns that are there",
    async ({ command, block }) => {
      const [, name, , ...options] = command.split(" ");
      const { code, stdout } = await schedlab(
        name,
        "synthetic",
        ...options,
        "--machines",
        "6",
        "--steps",
        "3",
      );
      expect(code).toBe(0);
      expect(headWords(block)).toEqual(headWords(stdout));
    },
  );
});

it("docs/policies.md is what the code says", () => {
  expect(readFileSync(join(ROOT, "docs/policies.md"), "utf8")).toBe(policiesPage(POLICIES));
});

describe("the prose", () => {
  /** Measured times and their conditions: `npm run bench`, by hand. */
  const MEASURED = ["docs/performance.md"];
  /** Decimals and percentages that no run could change: versions and definitions. */
  const DEFINED = [
    ...["CloudSim 3.0.3", "section 2.4"],
    ...["95 % bootstrap", "what 1.0 stands for", "that 1.0 stands for", "at most 5 % of it, or 1 % of"],
  ];

  const prose = pages
    .filter(({ page }) => !MEASURED.includes(page))
    .map(({ markdown }) =>
      replaceBlocks(markdown, () => "")
        .replace(/^```[^]*?^```$/gm, "")
        // What formulas say defines the model.
        .replace(/\$\$[^]*?\$\$|\$[^$]*\$/g, "")
        .replace(/^( {4}|\|).*$/gm, "")
        .replace(/`[^`]*`|\]\([^)]*\)/g, ""),
    )
    .join("")
    .replace(/\s+/g, " ");

  it("has no decimals and no percentages of its own: a command prints them, or a notebook", () => {
    const rest = DEFINED.reduce((text, phrase) => text.replaceAll(phrase, ""), prose);
    expect(Array.from(rest.matchAll(/.{0,60}(\d*\.\d+|\d ?%).{0,30}/g), ([found]) => found)).toEqual([]);
  });

  it("still has each definition that is let through", () => {
    expect(DEFINED.filter((phrase) => !prose.includes(phrase))).toEqual([]);
  });
});

describe("the pages", () => {
  it("README.md is a front page: at most 130 lines", () => {
    expect(pages[0].markdown.trimEnd().split("\n").length).toBeLessThanOrEqual(130);
  });

  it("README.md cites the version that there is", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
    expect(pages[0].markdown).toContain(`version = {${version}}`);
  });

  it.each(pages)("$page links to files and headings that are there", ({ page, markdown }) => {
    const headings = (text: string): string[] =>
      Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading]) =>
        heading
          .toLowerCase()
          .replace(/[^\w\- ]/g, "")
          .replaceAll(" ", "-"),
      );
    const links = [
      ...markdown.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g),
      ...markdown.matchAll(/ src="([^"]*)"/g),
    ];
    const dead = links.flatMap(([link, path, anchor]) => {
      const target = path === "" ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, target))) return [link];
      if ((anchor as string | undefined) === undefined) return [];
      return headings(readFileSync(join(ROOT, target), "utf8")).includes(anchor) ? [] : [link];
    });
    expect(dead).toEqual([]);
  });
});
