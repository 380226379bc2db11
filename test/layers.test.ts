import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type IFlattenedRuleSet } from "dependency-cruiser";
import { afterAll, beforeAll, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");

/** What `.dependency-cruiser.mjs` forbids among the modules below `root`, as "rule: from -> to". */
async function violationsIn(root: string): Promise<string[]> {
  const { default: config } = (await import(join(ROOT, ".dependency-cruiser.mjs"))) as {
    default: IFlattenedRuleSet & { options: object };
  };
  const { options, ...ruleSet } = config;
  const { output } = await cruise(["src"], { ...options, baseDir: root, validate: true, ruleSet });
  if (typeof output === "string") throw new Error(output);
  expect(output.modules.length).toBeGreaterThan(1);
  return output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`).sort();
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-layers-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

it("finds an arrow that goes up, a circle and a folder without a layer, of types too", async () => {
  const files = {
    "base/up.ts": 'import { x } from "../tools/x.js"; export const y = x;',
    "tools/x.ts": "export const x = 1;",
    "base/egg.ts": 'import type { Hen } from "./hen.js"; export type Egg = Hen;',
    "base/hen.ts": 'import type { Egg } from "./egg.js"; export interface Hen { eggs: Egg[] }',
    "odd/one.ts": 'export { x } from "../base/x.js";',
    "base/x.ts": "export const x = 1;",
    "traces/policy.ts": 'import type { P } from "../policies/p.js"; export type Q = P;',
    "policies/p.ts": "export type P = 1;",
    "index.ts": 'export { s } from "./systems/a/s.js";',
    "systems/a/s.ts": 'export { r as s } from "../b/r.js";',
    "systems/b/r.ts": "export const r = 1;",
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, "src", name)), { recursive: true });
    await writeFile(join(folder, "src", name), text);
  }
  expect(await violationsIn(folder)).toEqual([
    "base-knows-nothing-above-it: src/base/up.ts -> src/tools/x.ts",
    "every-folder-has-a-layer: src/odd/one.ts -> src/base/x.ts",
    "no-circles: src/base/egg.ts -> src/base/hen.ts",
    "systems-and-tools-are-no-part-of-the-core-api: src/index.ts -> src/systems/a/s.ts",
    "systems-do-not-know-each-other: src/systems/a/s.ts -> src/systems/b/r.ts",
    "traces-make-workloads-only: src/traces/policy.ts -> src/policies/p.ts",
  ]);
});

it("finds none in src", async () => {
  expect(await violationsIn(ROOT)).toEqual([]);
});
