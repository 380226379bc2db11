/** Every figure in README.md is what a command prints now, or is not there. `npm run readme` makes the blocks anew. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { policiesPage } from "../../src/tools/cli/policies-page.js";
import { POLICIES } from "../../src/policies/index.js";
import { schedlab } from "../tools/cli/capture.js";
import { blockOf, replaceBlocks, traceFolder } from "./blocks.mjs";

const ROOT = join(import.meta.dirname, "../..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

const blocks: { readonly command: string; readonly block: string }[] = [];
replaceBlocks(README, (block, command) => {
  blocks.push({ command, block });
  return block;
});

/** Those that take seconds, and hence are run here in full. */
const CHEAP = [
  "compare synthetic",
  "compare google2011:../shared/data/planetlab-20110303-as-2011 --set referenceMemoryGib=4",
];

describe("the README's tables", () => {
  for (const command of CHEAP) {
    const folder = traceFolder(command);
    const isThere = folder === undefined || existsSync(join(ROOT, folder));
    it.skipIf(!isThere)(
      `schedlab ${command} prints what is there (skipped without its trace)`,
      async () => {
        const { block } = blocks.find((candidate) => candidate.command === command)!;
        const { stdout } = await schedlab(...command.split(" "));
        expect(blockOf(command, stdout)).toBe(block);
      },
      600_000,
    );
  }

  it.each(blocks)(
    "schedlab $command is understood, and has the columns that are there",
    async ({ command, block }) => {
      const [name, , ...options] = command.split(" ");
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
      const columns = (text: string): string[] => /^policy .*$/m.exec(text)![0].split(/ +/);
      expect(columns(block)).toEqual(columns(stdout));
    },
  );
});

it("docs/policies.md is what the code says", () => {
  expect(readFileSync(join(ROOT, "docs/policies.md"), "utf8")).toBe(policiesPage(POLICIES));
});

describe("the README's prose", () => {
  /** Measured times and their conditions: `npm run bench`, by hand. */
  const MEASURED = ["Many runs", "Speed"];
  /** Decimals and percentages that no run could change: versions and definitions. */
  const DEFINED = [
    ...["Node 20.19", "Python 3.9", "CloudSim 3.0.3", "CC-BY 4.0"],
    ...["95 % of", "1.2 times what", "95 % bootstrap", "1.0 stands for"],
  ];

  const prose = replaceBlocks(README, () => "")
    .replace(/^```[^]*?^```$/gm, "")
    .replace(/^( {4}|\|).*$/gm, "")
    .replace(/`[^`]*`|\]\([^)]*\)/g, "")
    .split(/^## /m)
    .filter((section) => !MEASURED.some((title) => section.startsWith(title)))
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
