/** The examples of docs/architectures.md run as they stand. */
import { readFile } from "node:fs/promises";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import * as lab from "../../../src/systems/architectures/index.js";

async function example(containing: string): Promise<string> {
  const page = await readFile(new URL("../../../docs/architectures.md", import.meta.url), "utf8");
  const blocks = Array.from(page.matchAll(/```js\n([^]*?)```/g), ([, code]) => code);
  return blocks.find((code) => code.includes(containing))!.replace(/^import .*\n/, "");
}

it("an architecture of one's own is scheduled and compared", async () => {
  const shown: unknown[] = [];
  const show = (rows: unknown): number => shown.push(rows);
  runInNewContext(await example("defineArchitecture"), { ...lab, console: { log: show, table: show } });
  expect(shown[0]).toBe(lab.omegaJobs().duration.length);
  expect(shown[1]).toMatchObject([
    { architecture: "two-queues" },
    { architecture: "omega" },
    { architecture: "monolithic-single", unfinished: 0 },
  ]);
});

it("a machine that joins and leaves takes tasks in between", async () => {
  const code = `${await example("changes:")}; cluster`;
  const cluster = runInNewContext(code, { ...lab, Float64Array, Int32Array }) as lab.Cluster;
  const jobs = lab.jobsFrom([
    { arrival: 0, duration: 10 },
    { arrival: 3001, duration: 10 },
  ]);
  const { tasks } = lab.schedule(jobs, cluster, "omniscient", { parameters: { delay: 0 } });
  expect([...tasks.start]).toEqual([600, NaN]);
});
