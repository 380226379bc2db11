/** The file that docs/traffic.md gives to copy prints what stands below it. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DDPG } from "../../../src/systems/traffic/agent/ddpg.js";
import { FLOW_RULES } from "../../../src/systems/traffic/rules/registry.js";
import { blockOf, replaceBlocks } from "../../readme/blocks.mjs";
import { layOut, outputOf } from "../../readme/examples.mjs";

const ROOT = join(import.meta.dirname, "../../..");
const page = readFileSync(join(ROOT, "docs/traffic.md"), "utf8");

it.skipIf(!existsSync(join(ROOT, "dist/index.js")))(
  "has an example that prints what is there (skipped before npm run build)",
  () => {
    const folder = layOut(page);
    const printed: string[] = [];
    replaceBlocks(page, (block, command) => {
      expect(blockOf(command, outputOf(command, folder))).toBe(block);
      printed.push(command);
      return block;
    });
    expect(printed).toEqual(["node traffic.mjs"]);
    rmSync(folder, { recursive: true });
  },
  60_000,
);

it("has all rules, and the numbers of the training", () => {
  for (const { name } of FLOW_RULES) expect(page).toContain(`| \`${name}\``);
  for (const [name, { default: value, description }] of Object.entries(DDPG)) {
    const row = new RegExp(`\\| \`${name}\` +\\| ([^ ]+) +\\| ${description.replace(/[()]/g, "\\$&")} `).exec(
      page,
    );
    expect(Number(row?.[1])).toBe(value);
  }
});
