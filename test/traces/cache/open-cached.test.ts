import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { simulate } from "../../../src/simulate/simulate.js";
import { openCached } from "../../../src/traces/cache/open-cached.js";
import type { CacheSettings } from "../../../src/traces/cache/settings.js";
import { openWorkload } from "../../../src/traces/open.js";
import type { OpenOptions } from "../../../src/workload/open-options.js";
import type { Workload } from "../../../src/workload/workload.js";
import { EXAMPLE_TRACES, publishedFiles } from "../example-traces.js";
import { traceFolders } from "../trace-folders.js";

const write = traceFolders();
let settings: CacheSettings;
let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "schedlab-cache-"));
});
let folders = 0;
beforeEach(() => {
  settings = { folder: join(scratch, String(folders++)), bytes: 1e9, leastSeconds: 0 };
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

/** Opens a trace through the cache; `wasRead` tells whether its reader was called. */
async function open(
  spec: string,
  options: OpenOptions = {},
): Promise<{ readonly opened: Workload | Error; readonly wasRead: boolean }> {
  let wasRead = false;
  const read = (): Promise<Workload> => {
    wasRead = true;
    return openWorkload(spec, { ...options, cache: false });
  };
  const opened = await openCached(spec, options, { read, shared: false }, settings).catch(
    (error: unknown) => error as Error,
  );
  return { opened, wasRead };
}

async function openSound(
  spec: string,
  options: OpenOptions = {},
): Promise<{ workload: Workload; wasRead: boolean }> {
  const { opened, wasRead } = await open(spec, options);
  if (opened instanceof Error) throw opened;
  return { workload: opened, wasRead };
}

const kept = async (): Promise<string[]> =>
  (await readdir(settings.folder)).filter((name) => name.endsWith(".arrow"));

const TABLE = {
  open: "map.json",
  files: {
    "map.json": JSON.stringify({
      machines: { count: 1 },
      tasks: {
        file: "rows/tasks.csv",
        columns: { id: "task", start: "start", end: "end", cpu: "cpu" },
      },
    }),
    "rows/tasks.csv": "task,start,end,cpu\na,0,600,0.5\nb,300,900,0.25\n",
  },
};

const FORMATS: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ...EXAMPLE_TRACES.map((trace) => {
    const files = publishedFiles(trace);
    return [trace.format, trace.isFile === true ? Object.keys(files)[0] : "", files] as const;
  }),
  ["table", TABLE.open, TABLE.files],
];

describe.each(FORMATS)("%s", (format, name, files) => {
  it("is read once, and again where a file changed", async () => {
    const folder = await write(files);
    const spec = `${format}:${join(folder, name)}`;
    const first = await openSound(spec);
    const second = await openSound(spec);
    expect([first.wasRead, second.wasRead]).toEqual([true, false]);
    expect(second.workload).toEqual(first.workload);

    const { inputs } = first.workload.provenance;
    for (const { path } of inputs) {
      const content = await readFile(join(folder, path));
      await appendFile(join(folder, path), "\n");
      expect((await open(spec)).wasRead, path).toBe(true);
      await writeFile(join(folder, path), content);
      expect((await open(spec)).wasRead, `${path} as before`).toBe(false);
    }
  });

  it.skipIf(["swf", "table"].includes(format))("is read again where a file came", async () => {
    const folder = await write(files);
    const [{ path }] = (await openSound(`${format}:${folder}`)).workload.provenance.inputs;
    await writeFile(join(folder, path.replace(/[^/]*$/, "new.txt")), "");
    expect((await open(`${format}:${folder}`)).wasRead).toBe(true);
  });
});

it("keeps a generated trace, whose run has the same bytes", async () => {
  const spec = "synthetic:machines=10,steps=24,failures=true";
  const [first, second] = [await openSound(spec), await openSound(spec)];
  expect([first.wasRead, second.wasRead]).toEqual([true, false]);
  const [a, b] = [first, second].map(({ workload }) => simulate(workload, "threshold"));
  expect(b).toEqual({ ...a, timing: expect.anything() as unknown });
});

it.each([{ seed: 2 }, { steps: 12 }, { machines: 5 }, { lcRule: "class==3" }] as const)(
  "reads a trace again with other options: %o",
  async (options) => {
    const spec = "synthetic";
    await openSound(spec, { machines: 3, steps: 6 });
    expect((await open(spec, { machines: 3, steps: 6, ...options })).wasRead).toBe(true);
    expect((await open(spec, { machines: 3, steps: 6 })).wasRead).toBe(false);
  },
);

it.each(["cut short", "one bit flipped", "another workload", "a folder"])(
  "reads a trace again where the kept workload is %s, and keeps it again",
  async (damage) => {
    const spec = "synthetic:machines=3,steps=6";
    const { workload } = await openSound(spec);
    const [name] = await kept();
    const path = join(settings.folder, name);
    const content = await readFile(path);
    if (damage === "cut short") await truncate(path, 100);
    if (damage === "one bit flipped") {
      content[content.length >> 1] ^= 1;
      await writeFile(path, content);
    }
    if (damage === "another workload") {
      await open(`${spec},seed=2`);
      const [other] = (await kept()).filter((one) => one !== name);
      await rename(join(settings.folder, other), path);
    }
    if (damage === "a folder") {
      await rm(path);
      await mkdir(join(path, "inside"), { recursive: true });
    }
    expect(await open(spec)).toEqual({ opened: workload, wasRead: true });
    expect((await open(spec)).wasRead).toBe(false);
  },
);

it("does not keep what was read while files changed, also with the same size and time", async () => {
  const folder = await write(publishedFiles(EXAMPLE_TRACES[0]));
  const spec = `google2011:${folder}`;
  const { workload } = await openSound(spec, { cache: false });
  const usage = workload.provenance.inputs.find(({ path }) => path.startsWith("task_usage"))!;
  const path = join(folder, usage.path);
  const [content, { atime, mtime }] = [await readFile(path), await stat(path)];
  const read = async (): Promise<Workload> => {
    await writeFile(path, content.toString().replaceAll("0.25", "0.24"));
    await utimes(path, atime, mtime);
    const changed = await openWorkload(spec, { cache: false });
    await writeFile(path, content);
    await utimes(path, atime, mtime);
    return changed;
  };
  await openCached(spec, {}, { read, shared: false }, settings);
  expect((await openSound(spec)).workload).toEqual(workload);
});

it("sees changes of the other tables where a trace is named by the folder of one", async () => {
  const folder = await write(publishedFiles(EXAMPLE_TRACES[0]));
  const spec = `google2011:${join(folder, "task_events")}`;
  await openSound(spec);
  expect((await open(spec)).wasRead).toBe(false);
  const usage = join(folder, "task_usage");
  const [part] = await readdir(usage);
  await appendFile(join(usage, part), "\n");
  expect((await open(spec)).wasRead).toBe(true);
});

it("does not look into a trace of more bytes than it may keep, nor keep inside its folder", async () => {
  const folder = await write(publishedFiles(EXAMPLE_TRACES[0]));
  const spec = `google2011:${folder}`;
  for (const changed of [{ bytes: 100 }, { folder: join(folder, "cache") }]) {
    settings = { ...settings, ...changed };
    await openSound(spec);
    expect((await open(spec)).wasRead).toBe(true);
  }
});

it("removes what was not used for the longest time", async () => {
  const spec = (seed: number): string => `synthetic:machines=3,steps=6,seed=${seed}`;
  await open(spec(1));
  const [first] = await kept();
  const { byteLength } = await readFile(join(settings.folder, first));
  settings = { ...settings, bytes: 2.5 * byteLength };
  await open(spec(2));
  const old = new Date(0);
  for (const name of await kept()) await utimes(join(settings.folder, name), old, old);
  await open(spec(1));
  await open(spec(3));
  expect(await kept()).toHaveLength(2);
  expect([(await open(spec(1))).wasRead, (await open(spec(2))).wasRead]).toEqual([false, true]);
});

it("removes what a killed process left, before what was used since", async () => {
  const spec = "synthetic:machines=3,steps=6";
  await open(spec);
  const [name] = await kept();
  const left = `${"0".repeat(64)}-0123456789ab.draft.0123456789ab.tmp`;
  const content = await readFile(join(settings.folder, name));
  await writeFile(join(settings.folder, left), content);
  await utimes(join(settings.folder, left), new Date(0), new Date(0));
  settings = { ...settings, bytes: 2.5 * content.byteLength };
  await open(`${spec},seed=2`);
  expect(await readdir(settings.folder)).not.toContain(left);
  expect((await open(spec)).wasRead).toBe(false);
});

it("passes on what the progress function throws, and goes on keeping", async () => {
  const spec = "synthetic:machines=3,steps=6";
  await open(spec);
  const onProgress = (): never => {
    throw new Error("stopped");
  };
  expect(await open(spec, { onProgress })).toMatchObject({ opened: { message: "stopped" }, wasRead: false });
  expect((await open(spec)).wasRead).toBe(false);
});

it("keeps nothing that is larger than the limit, opens quickly, or where the caller says so", async () => {
  const spec = "synthetic:machines=3,steps=6";
  for (const [changed, options] of [
    [{ bytes: 100 }, {}],
    [{ leastSeconds: 3600 }, {}],
    [{}, { cache: false }],
  ] as const) {
    const read = (): Promise<Workload> => openWorkload(spec, { cache: false });
    await openCached(spec, options, { read, shared: false }, { ...settings, ...changed });
    await expect(readdir(settings.folder)).rejects.toThrow(/ENOENT/);
  }
});

it("reads a trace where the cache cannot be written", async () => {
  await writeFile(join(scratch, "file"), "");
  settings = { ...settings, folder: join(scratch, "file", "below") };
  expect((await open("synthetic:machines=3,steps=6")).wasRead).toBe(true);
  expect((await open("synthetic:machines=3,steps=6")).wasRead).toBe(true);
});
