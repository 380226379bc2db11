import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC, tableToIPC, vectorFromArray, Table } from "apache-arrow";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { loadWorkload, saveWorkload } from "../../../src/workload/arrow/arrow.js";
import type { Workload } from "../../../src/workload/workload.js";
import { arbitraryWorkload } from "../arbitrary-workload.js";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-arrow-"));
  file = join(folder, "workload.arrow");
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Two executions, the second of a job whose id no double holds; three samples. */
const small: Workload = {
  source: "google2011",
  stepSeconds: 300,
  steps: 4,
  originSeconds: 600,
  lcRule: "class>=2",
  machines: {
    id: BigInt64Array.of(5n, 4155527081n),
    cpu: Float64Array.of(0.5, 0.1),
    memory: Float64Array.of(0.4995, 1),
    up: Uint8Array.of(1, 0),
  },
  machineEvents: {
    time: Float64Array.of(310.5),
    machine: Int32Array.of(1),
    kind: Uint8Array.of(0),
    cpu: Float64Array.of(0.1),
    memory: Float64Array.of(1),
  },
  executions: {
    job: BigInt64Array.of(7n, 9007199254740993n),
    index: Int32Array.of(0, 3),
    taskClass: Uint8Array.of(0, 1),
    priority: Uint8Array.of(0, 11),
    schedulingClass: Uint8Array.of(1, 3),
    submit: Float64Array.of(-600, 299.999999),
    start: Float64Array.of(0, 300.000001),
    end: Float64Array.of(450, 600),
    outcome: Uint8Array.of(4, 255),
    cpuRequest: Float64Array.of(0.0625, 1 / 3),
    memoryRequest: Float64Array.of(0.01553, 0.25),
    machine: Int32Array.of(0, -1),
    initial: Uint8Array.of(1, 0),
    measured: Uint8Array.of(1, 0),
  },
  usage: {
    offsets: Int32Array.of(0, 2, 3),
    firstStep: Int32Array.of(0, 1),
    cpu: Float32Array.of(0.1, 0.05, 0.2),
    memory: Float32Array.of(0.01, 0.01, 0.3),
  },
  provenance: {
    inputs: [{ path: "task_events/part-00000-of-00500.csv.gz", sha256: "ab" }],
    options: { machines: 2, seed: 1, shape: "any", onlyProduction: false },
    usage: "mixed",
    report: { skippedRows: 3 },
  },
};

/** Every typed array as its bytes, so that -0 and the bits of a NaN count. */
function bits(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex");
    return `${value.constructor.name} ${bytes}`;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, bits(part)]));
  }
  return value;
}

async function rejection(path: string): Promise<string> {
  const error: unknown = await loadWorkload(path).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  const { message } = error as InputError;
  expect(message).not.toContain("\n");
  return message;
}

describe("saveWorkload and loadWorkload", () => {
  it("round-trip any workload to the bit, with typed arrays of the same kinds", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryWorkload(), async (workload) => {
        await saveWorkload(workload, file);
        expect(bits(await loadWorkload(file))).toEqual(bits(workload));
      }),
      { numRuns: 60 },
    );
  });

  it("round-trip in any number of record batches, which apache-arrow reads as one table", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryWorkload(),
        fc.integer({ min: 1, max: 12 }),
        async (workload, batchSamples) => {
          await saveWorkload(workload, file, { batchSamples });
          expect(bits(await loadWorkload(file))).toEqual(bits(workload));
          const table = tableFromIPC(await readFile(file));
          const shared = await loadWorkload(file, { shared: true });
          expect(bits(shared)).toEqual(bits(workload));
          for (const { buffer } of Object.values<ArrayBufferView>({
            ...shared.executions,
            ...shared.usage,
          })) {
            expect(buffer).toBeInstanceOf(SharedArrayBuffer);
          }
          expect([...table.getChild("job_id")!]).toEqual([...workload.executions.job]);
          const samples = [...table.getChild("cpu")!].flatMap((item: Iterable<number>) => [...item]);
          expect(samples).toEqual([...workload.usage.cpu]);
          for (const batch of table.batches) {
            const lengths = [...batch.getChild("cpu")!].map((item: Iterable<number>) => [...item].length);
            const sum = lengths.reduce((a, b) => a + b, 0);
            expect(sum <= batchSamples || lengths.length === 1).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("cut batches between executions: five samples of three executions, at most three a batch", async () => {
    const { executions: two } = small;
    const executions: Workload["executions"] = {
      job: BigInt64Array.of(...two.job, two.job[1]),
      index: Int32Array.of(...two.index, 4),
      taskClass: Uint8Array.of(...two.taskClass, 1),
      priority: Uint8Array.of(...two.priority, 11),
      schedulingClass: Uint8Array.of(...two.schedulingClass, 3),
      submit: Float64Array.of(...two.submit, 300),
      start: Float64Array.of(...two.start, 301),
      end: Float64Array.of(...two.end, 900),
      outcome: Uint8Array.of(...two.outcome, 255),
      cpuRequest: Float64Array.of(...two.cpuRequest, 0.5),
      memoryRequest: Float64Array.of(...two.memoryRequest, 0.5),
      machine: Int32Array.of(...two.machine, 0),
      initial: Uint8Array.of(...two.initial, 0),
      measured: Uint8Array.of(...two.measured, 0),
    };
    const usage = {
      offsets: Int32Array.of(0, 2, 3, 5),
      firstStep: Int32Array.of(0, 1, 1),
      cpu: Float32Array.of(0.1, 0.05, 0.2, 0.3, 0.4),
      memory: Float32Array.of(0.01, 0.01, 0.3, 0.1, 0.1),
    };
    await saveWorkload({ ...small, executions, usage }, file, { batchSamples: 3 });
    const { batches } = tableFromIPC(await readFile(file));
    expect(batches.map((batch) => batch.numRows)).toEqual([2, 1]);
    expect(Array.from(batches[1].getChild("cpu")?.data[0].valueOffsets as Int32Array)).toEqual([0, 2]);
  });

  it("write what apache-arrow reads: values, lists and metadata", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryWorkload(), async (workload) => {
        await saveWorkload(workload, file);
        const table = tableFromIPC(await readFile(file));
        const { executions, usage, machines } = workload;
        expect(table.numRows).toBe(executions.job.length);
        expect([...table.getChild("job_id")!]).toEqual([...executions.job]);
        expect([...table.getChild("start_time")!]).toEqual([...executions.start]);
        expect([...table.getChild("machine")!]).toEqual([...executions.machine]);
        for (const name of ["cpu", "memory"] as const) {
          const lists = [...table.getChild(name)!].map((item: Iterable<number>) => [...item]);
          const expected = [...executions.job].map((_, row) => [
            ...usage[name].subarray(usage.offsets[row], usage.offsets[row + 1]),
          ]);
          expect(lists).toEqual(expected);
        }
        const metadata = JSON.parse(table.schema.metadata.get("schedlab.machines")!) as { id: string[] };
        expect(metadata.id.map(BigInt)).toEqual([...machines.id]);
      }),
      { numRuns: 40 },
    );
  });

  it("write the documented schema and metadata", async () => {
    await saveWorkload(small, file);
    const table = tableFromIPC(await readFile(file));
    expect(table.schema.fields.map(({ name, type }) => `${name} ${String(type)}`)).toEqual([
      "job_id Int64",
      "task_index Int32",
      "task_class Uint8",
      "priority Uint8",
      "scheduling_class Uint8",
      "submit_time Float64",
      "start_time Float64",
      "end_time Float64",
      "outcome Uint8",
      "cpu_request Float64",
      "memory_request Float64",
      "machine Int32",
      "initial Uint8",
      "measured Uint8",
      "first_step Int32",
      "cpu List<Float32>",
      "memory List<Float32>",
    ]);
    expect(table.batches).toHaveLength(1);
    expect(Array.from(table.batches[0].getChild("cpu")?.data[0].valueOffsets as Int32Array)).toEqual([
      0, 2, 3,
    ]);
    const metadata = Object.fromEntries(
      [...table.schema.metadata].map(([key, text]) => [key, JSON.parse(text) as unknown]),
    );
    expect(metadata).toEqual({
      "schedlab.version": 2,
      "schedlab.source": "google2011",
      "schedlab.step_seconds": 300,
      "schedlab.steps": 4,
      "schedlab.origin_seconds": 600,
      "schedlab.lc_rule": "class>=2",
      "schedlab.machines": { id: ["5", "4155527081"], cpu: [0.5, 0.1], memory: [0.4995, 1], up: [1, 0] },
      "schedlab.machine_events": { time: [310.5], machine: [1], kind: [0], cpu: [0.1], memory: [1] },
      "schedlab.provenance": small.provenance,
      "schedlab.rows": { executions: 2, samples: 3 },
    });
  });

  it("give the same bytes for the same workload and leave no other file", async () => {
    await saveWorkload(small, file);
    const first = await readFile(file);
    await saveWorkload(await loadWorkload(file), file);
    expect(first.equals(await readFile(file))).toBe(true);
    expect(await readdir(folder)).toEqual(["workload.arrow"]);
  });

  it("load columns as views of one buffer, not copies", async () => {
    await saveWorkload(small, file);
    const { executions, usage } = await loadWorkload(file);
    expect(usage.cpu.buffer).toBe(usage.memory.buffer);
    expect(usage.cpu.buffer).toBe(executions.job.buffer);
  });
});

describe("saveWorkload", () => {
  it("refuses a workload that does not hold together", async () => {
    const torn = { ...small, usage: { ...small.usage, offsets: Int32Array.of(0, 2, 4) } };
    await expect(saveWorkload(torn, join(folder, "torn.arrow"))).rejects.toThrow(
      new InputError("invalid workload: usage.offsets ends at 4, not 3"),
    );
    expect(await readdir(folder)).not.toContain("torn.arrow");
  });
});

describe("loadWorkload refuses", () => {
  const broken = (): string => join(folder, "broken.arrow");

  it("a missing file and a folder", async () => {
    expect(await rejection(join(folder, "none.arrow"))).toMatch(/cannot read .*none\.arrow: no such file/);
    expect(await rejection(folder)).toMatch(/it is a folder, not a file/);
  });

  it("a file cut anywhere", async () => {
    await saveWorkload(small, file);
    const whole = await readFile(file);
    for (let length = 6; length < whole.length; length += 7) {
      await writeFile(broken(), whole.subarray(0, length));
      expect(await rejection(broken())).toMatch(/^truncated: .*broken\.arrow .*again$/);
    }
  });

  it("a file cut in the middle with its end still on", async () => {
    await saveWorkload(small, file);
    const whole = await readFile(file);
    await writeFile(broken(), Buffer.concat([whole.subarray(0, 3000), whole.subarray(3064)]));
    expect(await rejection(broken())).toMatch(/^damaged: .*broken\.arrow/);
  });

  it("a file whose magic, first length or footer length was changed", async () => {
    await saveWorkload(small, file, { batchSamples: 2 });
    const whole = await readFile(file);
    const places = [0, 5, 8, 11, 12, 14, 15, ...[10, 9, 8, 7, 6, 1].map((fromEnd) => whole.length - fromEnd)];
    for (const at of places) {
      const bytes = Buffer.from(whole);
      bytes[at] ^= 0xff;
      await writeFile(broken(), bytes);
      expect(await rejection(broken())).toMatch(/^(damaged|not an Arrow file|truncated): .*broken\.arrow/);
    }
  });

  it("a file in batches whose metadata states other numbers of rows", async () => {
    await saveWorkload(small, file, { batchSamples: 2 });
    const table = tableFromIPC(await readFile(file));
    for (const [rows, reason] of [
      ['{"executions":3,"samples":3}', /it has 2 executions and 3 samples, its metadata states 3 and 3/],
      ['{"executions":1,"samples":3}', /more than the 1 executions and 3 samples/],
      ['{"executions":-1}', /schedlab.rows is malformed/],
    ] as const) {
      table.schema.metadata.set("schedlab.rows", rows);
      await writeFile(broken(), tableToIPC(table, "file"));
      expect(await rejection(broken())).toMatch(reason);
    }
  });

  it("a file that is not Arrow, or empty", async () => {
    for (const text of ["", "job,index\n1,2\n"]) {
      await writeFile(broken(), text);
      expect(await rejection(broken())).toMatch(
        /^not an Arrow file: .*broken\.arrow; make one with schedlab convert/,
      );
    }
  });

  it("Arrow that is not a workload", async () => {
    const table = new Table({ a: vectorFromArray([1, 2]) });
    await writeFile(broken(), tableToIPC(table, "file"));
    expect(await rejection(broken())).toMatch(/^not a workload: .*lacks schedlab\.version/);
  });

  it.each([
    ["a newer format", "3", /^too new: .*format 3, this schedlab reads 2; update schedlab/],
    ["a format that is no number", "x", /^not a workload: /],
    ["an older format", "1", /^too old: .*format 1, this schedlab reads 2; convert the trace again/],
  ])("%s", async (_, version, message) => {
    await saveWorkload(small, file);
    const table = tableFromIPC(await readFile(file));
    table.schema.metadata.set("schedlab.version", version);
    await writeFile(broken(), tableToIPC(table, "file"));
    expect(await rejection(broken())).toMatch(message);
  });

  it("a workload whose rows were dropped or whose metadata was changed by another program", async () => {
    await saveWorkload(small, file);
    const table = tableFromIPC(await readFile(file));
    await writeFile(broken(), tableToIPC(table.select(["job_id", "cpu", "memory"]), "file"));
    expect(await rejection(broken())).toMatch(/^damaged: .*column task_index is missing/);
    table.schema.metadata.set("schedlab.machines", '{"id":["5"],"cpu":[0.5],"memory":[0.5],"up":[1]}');
    await writeFile(broken(), tableToIPC(table, "file"));
    expect(await rejection(broken())).toMatch(
      /^damaged: .*machineEvents.machine of row 0 is 1, outside 0 to 0/,
    );
  });
});

describe("a workload rewritten by apache-arrow", () => {
  it("loads as the one saved", async () => {
    await saveWorkload(small, file);
    const rewritten = join(folder, "rewritten.arrow");
    await writeFile(rewritten, tableToIPC(tableFromIPC(await readFile(file)), "file"));
    expect(bits(await loadWorkload(rewritten))).toEqual(bits(small));
  });
});
