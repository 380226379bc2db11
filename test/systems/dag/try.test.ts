import { it } from "vitest";
import { readFileSync } from "node:fs";
import { dagFrom, dagFromStages } from "../../../src/systems/dag/dag.js";
import { packDag } from "../../../src/systems/dag/pack-dag.js";
import { ORDERS } from "../../../src/systems/dag/registry.js";
import { scheduleDags } from "../../../src/systems/dag/schedule-dags.js";
it("x", () => {
  const { dags } = JSON.parse(readFileSync("../shared/reference/dag/small-optimum.json", "utf8"));
  const out: any = {};
  for (const d of dags) {
    const dag = dagFrom(d.durations.map((duration: number, t: number) => ({ duration, cpu: d.demands[t][0], memory: d.demands[t][1], after: d.parents[t] })));
    for (const o of ORDERS) {
      const m = packDag(dag, d.machines, o.name).makespan;
      if (m < d.optimum - 1e-9) console.log("BELOW", o.name, m, d.optimum);
      out[o.name] = (out[o.name] ?? 0) + (m <= d.optimum + 1e-9 ? 1 : 0);
    }
    const g = scheduleDags([{ id: "a", arrival: 0, dag }], d.machines, "graphene").makespan;
    out.grapheneOnline = (out.grapheneOnline ?? 0) + (g <= d.optimum + 1e-9 ? 1 : 0);
  }
  console.log(out);
  let x = 1; const rnd = () => (x = (x * 16807) % 2147483647) / 2147483647;
  for (const [n, ms] of [[7000, 20], [7000, 200],[7000, 1000], [2000, 20]]) {
  const per = n / 28;
  const rows = Array.from({ length: 28 }, (_, s) => ({ id: s, durations: Array.from({ length: per }, () => 1 + 20 * rnd()), cpu: .05 + .4 * rnd(), memory: .05 + .4 * rnd(), after: s === 0 ? [] : [Math.floor(rnd() * s)] }));
  const big = dagFromStages(rows);
  for (const o of ["heft", "graphene"]) {
    const t0 = performance.now();
    const p = packDag(big, ms, o);
    console.log(n, ms, o, p.makespan, Math.round(performance.now() - t0));
  }}
}, 300000);
