import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = new URL("..", import.meta.url).pathname;
/** The TypeScript 5.0.4 that tslab brings: what type-checks a notebook's cells. */
const oldTypeScript = join(root, "node_modules/@tslab/typescript-for-tslab/lib/tsc.js");

describe("the compiled declarations", () => {
  it.skipIf(!existsSync(join(root, "dist/index.d.ts")))("can be read by TypeScript 5.0.4", () => {
    const folder = mkdtempSync(join(root, "dist/.check-"));
    try {
      const file = join(folder, "cell.ts");
      writeFileSync(
        file,
        `import { simulate, type Policy, type Workload } from "../index.js";
         declare const workload: Workload;
         const mine: Policy = { name: "mine", rebalance: (view) => [{ task: 0, to: view.load.length }] };
         export const gini: number = simulate(workload, mine).summary.gini;`,
      );
      const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "node16", "--types", "node"];
      const { stdout } = spawnSync(process.execPath, [oldTypeScript, ...options, file], {
        cwd: root,
        encoding: "utf8",
      });
      // Other packages' declarations may be too new for it; ours may not.
      expect(stdout.split("\n").filter((line) => line.startsWith("dist/"))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
