import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import {
  ELSEWHERE,
  FETCHABLE,
  type Choice,
  type FetchableTrace,
} from "../../../src/traces/fetch/catalogue.js";
import { fetchTrace, type FetchReport } from "../../../src/traces/fetch/fetch-trace.js";
import { openWorkload } from "../../../src/traces/open.js";
import { tarGz, zip } from "./archives.js";
import { startServer, type UnreliableServer } from "./unreliable-server.js";

interface Case {
  readonly choice: Choice;
  /** By path below the base address. */
  readonly served: Readonly<Record<string, Buffer>>;
  /** What must be there afterwards, by path, unpacked. */
  readonly expected: Readonly<Record<string, string>>;
  /** Below the user's folder: what the reader opens, and how many runs are in it. */
  readonly opens?: { readonly path: string; readonly runs: number };
  /** What is said of a file of the right length with wrong bytes; absent where nobody can know. */
  readonly damaged?: RegExp;
}

const MACHINES = "0,5,0,,1,1\n";
const EVENTS = "0,,3,0,5,1,,0,0,.25,.25,,\n";
const USAGE = "600000000,700000000,3,0,5,.125,.125,,,,,,,,,,,,,\n";
const META = "m_1,0,1,1,96,100,USING\n";
const CONTAINERS = "c_1,m_1,0,app_1,started,400,400,1.5\n";
const CONTAINER_USAGE = "c_1,m_1,300,50,10,,,,,,\n";
const VMS = "vm1,sub,dep,0,600,50,20,40,Interactive,2,4\n";
const READINGS = "0,vm1,1,30,20\n300,vm1,1,30,20\n";
const VM_FILE =
  "Timestamp [ms];\tCPU cores;\tCPU capacity provisioned [MHZ];\tCPU usage [MHZ];\tCPU usage [%];\t" +
  "Memory capacity provisioned [KB];\tMemory usage [KB];\tDisk read throughput [KB/s];\t" +
  "Disk write throughput [KB/s];\tNetwork received throughput [KB/s];\tNetwork transmitted throughput " +
  "[KB/s]\n" +
  "1376314846;\t1;\t2926;\t100;\t3.4;\t1048576;\t1000;\t0;\t0;\t0;\t0\n";
const JOB = "1 0 0 600 1 300 -1 1 900 -1 1 1 1 -1 1 -1 -1 -1\n";

const CASES: Readonly<Record<string, Case>> = {
  google2011: {
    choice: { parts: [0], pieces: ["machine_events", "task_events", "task_usage"] },
    served: {
      "machine_events/part-00000-of-00001.csv.gz": gzipSync(MACHINES),
      "task_events/part-00000-of-00500.csv.gz": gzipSync(EVENTS),
      "task_usage/part-00000-of-00500.csv.gz": gzipSync(USAGE),
    },
    expected: {
      "machine_events/part-00000-of-00001.csv.gz": MACHINES,
      "task_events/part-00000-of-00500.csv.gz": EVENTS,
      "task_usage/part-00000-of-00500.csv.gz": USAGE,
    },
    opens: { path: ".", runs: 1 },
    damaged: /^wrong SHA-256 of .*--from$/,
  },
  alibaba2018: {
    choice: { pieces: ["machine_meta", "container_meta", "container_usage"] },
    served: {
      "machine_meta.tar.gz": await tarGz({ "machine_meta.csv": META }),
      "container_meta.tar.gz": await tarGz({ "container_meta.csv": CONTAINERS }),
      // As archives made on a Mac are.
      "container_usage.tar.gz": await tarGz({
        "./._container_usage.csv": "?",
        "./container_usage.csv": CONTAINER_USAGE,
      }),
    },
    expected: {
      "machine_meta.csv.gz": META,
      "container_meta.csv.gz": CONTAINERS,
      "container_usage.csv.gz": CONTAINER_USAGE,
    },
    opens: { path: ".", runs: 1 },
    damaged: /^wrong SHA-256 of .*--from$/,
  },
  azure2019: {
    choice: { parts: [2, 1] },
    served: {
      "trace_data_vmtable_vmtable.csv.gz": gzipSync(VMS),
      "trace_data_vm_cpu_readings_vm_cpu_readings-file-1-of-195.csv.gz": gzipSync(READINGS),
      "trace_data_vm_cpu_readings_vm_cpu_readings-file-2-of-195.csv.gz": gzipSync("600,vm1,1,3,2\n"),
    },
    expected: {
      "vmtable.csv.gz": VMS,
      "vm_cpu_readings-file-1-of-195.csv.gz": READINGS,
      "vm_cpu_readings-file-2-of-195.csv.gz": "600,vm1,1,3,2\n",
    },
    opens: { path: ".", runs: 1 },
  },
  bitbrains: {
    choice: { pieces: ["fastStorage"] },
    served: {
      "gwa_t_12_fastStorage.zip": zip({
        "fastStorage/2013-8/1.csv": VM_FILE,
        "fastStorage/2013-8/2.csv": VM_FILE,
      }),
    },
    expected: { "fastStorage/2013-8/1.csv": VM_FILE, "fastStorage/2013-8/2.csv": VM_FILE },
    opens: { path: "fastStorage/2013-8", runs: 2 },
    damaged: /^cannot unpack .*gwa_t_12_fastStorage\.zip \(now removed\): .*--from$/,
  },
  planetlab: {
    choice: { pieces: ["20110303", "20110306"] },
    served: {
      "archive/HEAD.tar.gz": await tarGz({
        "planetlab-workload-traces-0123/README.md": "?",
        "planetlab-workload-traces-0123/20110303/vm1": "10\n20\n",
        "planetlab-workload-traces-0123/20110303/vm2": "30\n40\n",
        "planetlab-workload-traces-0123/20110306/vm1": "50\n60\n",
        "planetlab-workload-traces-0123/20110309/vm1": "70\n80\n",
      }),
    },
    expected: { "20110303/vm1": "10\n20\n", "20110303/vm2": "30\n40\n", "20110306/vm1": "50\n60\n" },
    opens: { path: "20110303", runs: 2 },
    damaged: /^cannot unpack .*HEAD\.tar\.gz \(now removed\): .*--from$/,
  },
  swf: {
    choice: { pieces: ["KTH-SP2-1996-2.1-cln"] },
    served: { "l_kth_sp2/KTH-SP2-1996-2.1-cln.swf.gz": gzipSync(JOB) },
    expected: { "KTH-SP2-1996-2.1-cln.swf.gz": JOB },
    opens: { path: "KTH-SP2-1996-2.1-cln.swf.gz", runs: 1 },
  },
  opendc: {
    choice: {},
    served: {
      "e22c97dcca7478d6941b78bdf7cd873bc0d23cdc/opendc-experiments/opendc-experiments-base/src/test/resources/workloadTraces/bitbrains-small/tasks.parquet":
        Buffer.from("PAR1 tasks PAR1"),
      "867c1af22325f14bac57cc953ee9d4813f42757a/opendc-experiments/opendc-experiments-base/src/test/resources/workloadTraces/bitbrains-small/fragments.parquet":
        Buffer.from("PAR1 fragments PAR1"),
    },
    expected: { "tasks.parquet": "PAR1 tasks PAR1", "fragments.parquet": "PAR1 fragments PAR1" },
  },
};

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

let folder: string;
let server: UnreliableServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-catalogue-"));
  server = await startServer();
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** All files below the user's folder by path, unpacked where they are packed. */
async function contents(): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const pairs = files.map(async ({ parentPath, name }) => {
    const bytes = await readFile(join(parentPath, name));
    const plain = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
    return [relative(folder, join(parentPath, name)), plain.toString()] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

it("has a case for every trace, and a remedy where there is none", () => {
  expect(Object.keys(CASES)).toEqual(FETCHABLE.map(({ name }) => name));
  for (const [name, remedy] of Object.entries(ELSEWHERE)) {
    expect(remedy).toMatch(new RegExp(`^${name} cannot be fetched: .*; [^\\n]*${name}:DIR$`));
  }
});

describe.each(FETCHABLE.map((trace) => [trace.name, trace] as const))("fetching %s", (name, trace) => {
  const { choice, served, expected, opens, damaged } = CASES[name];
  const names = Object.keys(served);
  const sumOf = (remote: string): string => sha256(served[remote]);
  // The made-up files have other sums than the published ones.
  const withTheirSums: FetchableTrace = {
    ...trace,
    files: (chosen) =>
      trace
        .files(chosen)
        .map((file) => (file.sha256 === undefined ? file : { ...file, sha256: sumOf(file.remote) })),
  };
  const fetchAll = (of = withTheirSums): Promise<FetchReport> =>
    fetchTrace(of, folder, choice, { from: server.url, attempts: 3, pauseMs: 1, jobs: 1 });
  const refusal = async (of?: FetchableTrace): Promise<string> => {
    const error: unknown = await fetchAll(of).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  };
  const gets = (): string[] =>
    server.requests.filter(({ method }) => method === "GET").map(({ path }) => path);
  const serve = (remote: string, bytes: Buffer, prefix = ""): void => {
    server.files.set(`${prefix}${remote}`, { bytes, etag: `"${remote}"` });
  };
  beforeEach(() => {
    for (const remote of names) serve(remote, served[remote]);
    const sums = names.map((remote) => `${sumOf(remote)}  ./${remote}\n`).join("");
    if (trace.sums !== undefined) server.files.set(trace.sums, { bytes: Buffer.from(sums), etag: undefined });
  });

  it("brings what its reader opens, once", async () => {
    expect(await fetchAll()).toMatchObject({ fetched: names.length, kept: 0 });
    expect(await contents()).toEqual(expected);
    server.requests.length = 0;
    expect(await fetchAll()).toMatchObject({ fetched: 0, kept: names.length, bytes: 0 });
    expect(gets()).toEqual(trace.sums === undefined ? [] : [trace.sums]);
    if (opens === undefined) return;
    const { executions: runs } = await openWorkload(`${name}:${join(folder, opens.path)}`);
    expect(runs.job.length).toBe(opens.runs);
  });

  it("goes on where connections drop, behind a redirect", async () => {
    for (const remote of names) {
      server.redirects.set(remote, `elsewhere/${remote}`);
      serve(remote, served[remote], "elsewhere/");
      server.faults.set(`elsewhere/${remote}`, [{ drop: 5 }, { drop: 5 }]);
    }
    await fetchAll();
    expect(await contents()).toEqual(expected);
    for (const remote of names) {
      const ranges = server.requests.filter(
        ({ path, range }) => path === `elsewhere/${remote}` && range !== undefined,
      );
      expect(ranges.length).toBeGreaterThan(0);
    }
  });

  it("refuses a file of another length than the server names", async () => {
    const short = { truncate: served[names[0]].length - 1 };
    server.faults.set(names[0], [short, short]);
    expect(await refusal()).toMatch(/^wrong length of .*, twice: .*--from$/);
    expect(Object.keys(expected)).toEqual(expect.arrayContaining(Object.keys(await contents())));
  });

  it.runIf(damaged !== undefined)("refuses a file of the right length with wrong bytes", async () => {
    const bytes = Buffer.from(served[names[0]]);
    // In the packed data of the first member, of a zip as well as of gzip.
    bytes[Math.min(60, bytes.length >> 1)] ^= 255;
    serve(names[0], bytes);
    expect(await refusal()).toMatch(damaged as RegExp);
    expect(Object.keys(expected)).toEqual(expect.arrayContaining(Object.keys(await contents())));
  });

  it.runIf(trace.files(choice).some((file) => file.sha256 !== undefined))(
    "is checked against the published SHA-256",
    async () => {
      expect(await refusal(trace)).toMatch(/^wrong SHA-256 of /);
      expect(await contents()).toEqual({});
    },
  );
});
