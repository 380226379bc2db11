import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import {
  ARCHITECTURES,
  clusterOf,
  defineArchitecture,
  findArchitecture,
  jobsFrom,
  schedule,
  type Context,
} from "../../src/systems/architectures/index.js";

const jobs = jobsFrom([{ arrival: 0, duration: 1 }]);
const cluster = clusterOf({ machines: 2, slots: 1 });
const context: Context = { classes: jobs.classes, machines: 2 };

/** The parts of a built-in architecture with its defaults. */
function partsOf(name: string): Record<string, unknown> {
  const built = findArchitecture(name);
  const values = Object.fromEntries(Object.entries(built.parameters).map(([key, one]) => [key, one.default]));
  return structuredClone(built.create(values, context)) as unknown as Record<string, unknown>;
}

const run = (parts: unknown) => () =>
  schedule(
    jobs,
    cluster,
    defineArchitecture({ name: "mine", rule: "As given.", create: () => parts as never }),
  );

/** Sets what is at the path. */
function changed(name: string, path: string, value: unknown): unknown {
  const parts = partsOf(name);
  const keys = path.split(".");
  const last = keys.pop()!;
  const owner = keys.reduce<unknown>((at, key) => Reflect.get(Object(at), key), parts);
  Reflect.set(Object(owner), last, value);
  return parts;
}

describe("parts that no engine can run are refused with their place", () => {
  it.each([
    [undefined, "create of architecture mine returned undefined: return an object"],
    [[], "returned a list of 0"],
    [Promise.resolve({}), "returned a promise"],
    [{}, "architecture mine has no engine: give one of workers, cell, hybrid, groups, mesos"],
    [{ engine: "cel" }, "invalid engine of architecture mine: 'cel'; give one of"],
    [{ engine: "cel" }, "did you mean cell?"],
    [{ engine: "toString" }, "invalid engine"],
  ])("%j", (parts, message) => {
    expect(run(parts)).toThrow(InputError);
    expect(run(parts)).toThrow(message);
  });

  it.each([
    ["sparrow", "binding", "lat", "invalid binding of architecture mine: 'lat'; give one of"],
    ["sparrow", "binding", "lat", "(did you mean late?)"],
    ["sparrow", "delay", NaN, "invalid delay of architecture mine: NaN; give a finite number of 0 or more"],
    ["sparrow", "delay", -1, "invalid delay of architecture mine: -1"],
    ["sparrow", "delay", Infinity, "invalid delay of architecture mine: Infinity"],
    ["sparrow", "probeRatio", 0.5, "give a finite number from 1 to 1000"],
    ["sparrow", "multiget", 1, "invalid multiget of architecture mine: 1; give true or false"],
    ["sparrow", "multigte", true, "unknown part of architecture mine: multigte (did you mean multiget?)"],
    ["omega", "schedulers", undefined, "architecture mine has no schedulers: give a list"],
    ["omega", "schedulers", {}, "invalid schedulers of architecture mine"],
    ["omega", "schedulers.0", null, "invalid schedulers.0 of architecture mine: null; give an object"],
    ["omega", "schedulers.0.thinks.Batch.job", NaN, "invalid schedulers.0.thinks.Batch.job of"],
    ["omega", "schedulers.0.thinks.Batch.task", "1", "invalid schedulers.0.thinks.Batch.task of"],
    ["omega", "schedulers.0.think", {}, "in schedulers.0: think (did you mean thinks?)"],
    ["omega", "schedulers.0.machines", [0, 3], "invalid schedulers.0.machines of architecture mine: [0,3]"],
    ["omega", "schedulers.0.machines", [1, 0], "from 0 to 2"],
    ["omega", "schedulers.0.machines", 5, "invalid schedulers.0.machines of architecture mine: 5"],
    ["omega", "order", "fifi", "did you mean fifo?"],
    ["omega", "where", "first-fit", "invalid where of architecture mine: 'first-fit'; give createPolicy"],
    ["omega", "offers.interval", undefined, "architecture mine has no offers.interval"],
    ["omega", "attempts", 1e8, "give a whole number from 0 to 10000000"],
    ["hawk", "long", "tables", "did you mean table?"],
    ["hawk", "shortPercent", 101, "give a finite number from 0 to 100"],
    ["hawk", "slack", NaN, "invalid slack of architecture mine: NaN; give a number of 0 or more"],
    ["pigeon", "masters", 0, "invalid masters of architecture mine: 0; give a whole number from 1"],
    ["mesos-drf", "frameworks.0.classes", "Batch", "invalid frameworks.0.classes of"],
    ["mesos-drf", "roles.Batch.weight", 0, "invalid roles.Batch.weight of"],
  ])("%s with %s = %s", (name, path, value, message) => {
    expect(run(changed(name, path, value))).toThrow(InputError);
    expect(run(changed(name, path, value))).toThrow(message);
  });

  it.each([
    ["hawk", "cutoff", Infinity],
    ["hawk", "stealLimit", Infinity],
    ["pigeon", "weight", Infinity],
    ["omega", "order", undefined],
    ["omega", "schedulers.0.machines", [0, 2]],
  ])("%s may have %s = %s", (name, path, value) => {
    expect(run(changed(name, path, value))().jobs.unplaced[0]).toBe(0);
  });

  it.each(ARCHITECTURES.map(({ name }) => name))("those of %s are none", (name) => {
    expect(run(partsOf(name))).not.toThrow();
  });
});

describe("definitions", () => {
  const create = (): never => partsOf("sparrow") as never;

  it("with the name of a built-in architecture are refused", () => {
    const mine = { name: "omega", rule: "Mine.", create };
    expect(() => defineArchitecture(mine)).toThrow("architecture omega is built in: give yours another name");
    expect(() => schedule(jobs, cluster, mine)).toThrow("architecture omega is built in");
    expect(schedule(jobs, cluster, findArchitecture("omega")).architecture).toBe("omega");
  });

  it.each([{ rule: "No name.", create }, { name: "mine", rule: "No create." }, { name: "", create }, null])(
    "%j is none",
    (given) => {
      expect(() => defineArchitecture(given as never)).toThrow("invalid architecture: it is");
    },
  );
});
