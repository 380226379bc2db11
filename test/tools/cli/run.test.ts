import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { run } from "../../../src/tools/cli/run.js";
import { loadWorkload } from "../../../src/workload/arrow/arrow.js";
import { TRACE_SYNTAX } from "../../../src/traces/trace-spec.js";
import { captureStreams, schedlab } from "./capture.js";

let folder: string;
let day: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-cli-"));
  day = join(folder, "day");
  await mkdir(day);
  await writeFile(join(day, "vm1"), "10\n20\n30\n");
  await writeFile(join(day, "vm2"), "5\n5\n5\n");
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("schedlab", () => {
  it("prints its version and its help, with an example in every command", async () => {
    expect(await schedlab("--version")).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" });
    const commands = ["describe", "convert", "fetch google2011"].map((command) => [
      ...command.split(" "),
      "--help",
    ]);
    for (const argv of [["--help"], ...commands, ["help", "convert"]]) {
      const { code, stdout, stderr } = await schedlab(...argv);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/Usage: schedlab.*Example:\n {2}\$ schedlab /s);
    }
  });

  it("has help of 80 columns for every command", async () => {
    const { stdout } = await schedlab("--help");
    const commands = Array.from(stdout.matchAll(/^ {2}([a-z]+) .*/gm), ([, name]) => name);
    expect(commands).toContain("balance");
    for (const name of commands.filter((command) => command !== "schedlab")) {
      const { stdout: help } = await schedlab(name, "--help");
      const long = help.split("\n").filter(({ length }) => length > 80);
      expect([name, ...long]).toEqual([name]);
    }
  });

  it("lists every trace format in the help of a command", async () => {
    const { stdout } = await schedlab("describe", "--help");
    const words = stdout.replaceAll(/\s+/g, " ");
    for (const format of TRACE_SYNTAX.split(", ")) expect(words).toContain(format);
  });

  it("describes a trace of another format", async () => {
    const log = join(folder, "log.swf");
    await writeFile(log, "1 0 0 600 2 300 -1 2 900 -1 1 1 1 -1 1 -1 -1 -1\n");
    const { code, stdout } = await schedlab("describe", `swf:${log}`, "--json");
    expect(code).toBe(0);
    const rows = JSON.parse(stdout) as { statistic: string; value: number }[];
    // 2.25 processors with one processor per node need three machines.
    expect(rows.find(({ statistic }) => statistic === "in the trace")?.value).toBe(3);
  });

  it("shows its help on standard error where no command is given", async () => {
    const { code, stdout, stderr } = await schedlab();
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Usage: schedlab");
  });

  it.each([
    [["descrbe"], /unknown command 'descrbe' \(Did you mean describe\?\)/],
    [["describe"], /no trace; give one of synthetic/],
    [["describe", "a.arrow", "--trace", "b.arrow"], /two traces: a\.arrow and --trace b\.arrow; give one/],
    [["describe", "a.arrow", "b.arrow"], /too many arguments/],
    [["describe", "none.arrow"], /cannot read none\.arrow: no such file/],
    [["describe", "parquet:x"], /unknown trace: parquet:x; give one of synthetic/],
    [
      ["describe", "planetlab:x", "--machnes", "2"],
      /unknown option '--machnes' \(Did you mean --machines\?\)/,
    ],
    [
      ["describe", "planetlab:x", "--machines", "0"],
      /'--machines <n>' argument '0' is invalid. .*of at least 1/,
    ],
    [["describe", "planetlab:x", "--machines", "many"], /'many' is invalid/],
    [["describe", "planetlab:x", "--steps", "1.5"], /'1.5' is invalid/],
    [["describe", "planetlab:x", "--seed", "-1"], /'-1' is invalid. Give a whole number of at least 0/],
    [["describe", "planetlab:x", "--shape", "0.5"], /Give auto, any, or CPU and memory above 0/],
    [["describe", "planetlab:x", "--shape", "0.5/0.5/1"], /Give auto, any/],
    [["describe", "planetlab:x", "--lc-rule", "all"], /Allowed choices are class>=2, class==3, priority>=9/],
    [["describe", "planetlab:x", "--on-error", "ask"], /Allowed choices are fail, skip/],
    [["convert", "planetlab:x"], /required option '--out <file>' not specified/],
    [["convert", "planetlab:x", "--out", "x.csv"], /invalid --out: x\.csv; the name must end in \.arrow/],
    [
      ["convert", "synthetic", "--out", "google2011:"],
      /invalid --out: google2011:; give a folder after the colon/,
    ],
  ])("%j is a usage error on one line, exit code 2", async (argv, message) => {
    const { code, stdout, stderr } = await schedlab(...argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^schedlab: [^\n]+\n$/);
    expect(stderr).toMatch(message);
  });

  it("prints the stack under --debug, before or after the command", async () => {
    for (const argv of [
      ["--debug", "describe", "none.arrow"],
      ["describe", "none.arrow", "--debug"],
    ]) {
      const { code, stderr } = await schedlab(...argv);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^schedlab: cannot read [^\n]+\nInputError: .*\n +at /s);
    }
  });

  it("keeps what it opened, but not under --no-cache", async () => {
    const kept = join(folder, "kept");
    vi.stubEnv("SCHEDLAB_CACHE", kept);
    const argv = ["describe", "synthetic:days=3"];
    const plain = await schedlab(...argv, "--no-cache");
    expect(existsSync(kept)).toBe(false);
    expect(process.env.SCHEDLAB_CACHE).toBe(kept);
    expect([await schedlab(...argv), await schedlab(...argv)]).toEqual([plain, plain]);
    expect(await readdir(kept)).toHaveLength(1);
    vi.unstubAllEnvs();
  });

  it("exits with 1 and asks for a report for a bug in schedlab", async () => {
    const { streams, stderr } = captureStreams();
    const broken = { ...streams, stdout: Object.assign(streams.stdout, { write: () => fail() }) };
    expect(await run(["convert", `planetlab:${day}`, "--out", join(folder, "ours.arrow")], broken)).toBe(1);
    expect(stderr()).toMatch(
      /\nschedlab: ours; this is a bug in schedlab, please report it with the output of --debug\n$/,
    );
  });
});

function fail(): never {
  throw new RangeError("ours");
}

describe("schedlab convert", () => {
  it("writes a file that opens as the trace, and says what is in it", async () => {
    const out = join(folder, "new/day.arrow");
    const { code, stdout, stderr } = await schedlab(
      "convert",
      `planetlab:${day}`,
      "--machines",
      "3",
      "--out",
      out,
    );
    expect(code).toBe(0);
    expect(stderr).toBe(
      "The data of planetlab: CPU use is measured for all executions. The memory use of\nall executions is " +
        "not known and assumed to be their request.\n",
    );
    expect(stdout).toBe(`${out}: 3 machines, 2 executions, 6 samples, 3 steps\n`);
    const { executions, machines } = await loadWorkload(out);
    expect([machines.id.length, executions.job.length]).toEqual([3, 2]);
  });

  it("takes the trace as an option, and an .arrow file as a trace", async () => {
    const whole = join(folder, "whole.arrow");
    expect((await schedlab("convert", "--trace", `planetlab:${day}`, "--out", whole)).code).toBe(0);
    const cut = join(folder, "cut.arrow");
    const { stdout } = await schedlab("convert", whole, "--steps", "2", "--out", cut);
    expect(stdout).toBe(`${cut}: 800 machines, 2 executions, 4 samples, 2 steps\n`);
  });

  it("leaves nothing behind where the trace is bad", async () => {
    const bad = join(folder, "bad");
    await mkdir(bad);
    await writeFile(join(bad, "vm1"), "10\nx\n");
    const before = await readdir(folder);
    const { code, stderr } = await schedlab(
      "convert",
      `planetlab:${bad}`,
      "--out",
      join(folder, "bad.arrow"),
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^schedlab: .*vm1, line 2, column "CPU \[%\]": value "x" is not an integer; [^\n]+\n$/,
    );
    expect(await readdir(folder)).toEqual(before);
  });
});

describe("schedlab describe", () => {
  it("prints the rows as a table or as JSON", async () => {
    const { code, stdout } = await schedlab("describe", `planetlab:${day}`);
    expect(code).toBe(0);
    const { stdout: json } = await schedlab("describe", `planetlab:${day}`, "--json");
    const rows = JSON.parse(json) as Record<string, unknown>[];
    const lines = stdout.trimEnd().split("\n");
    // Two sentences about the data follow.
    expect(lines).toHaveLength(rows.length + 1 + 2);
    expect(lines.at(-2)).toBe("CPU use is measured for all executions.");
    // PlanetLab's statistics have no published ones of Google's trace beside them.
    expect(lines[0].split(/\s{2,}/)).toEqual(["section", "statistic", "value", "unit"]);
    const columns = ["published", "section", "source", "statistic", "unit", "value"];
    expect(Object.keys(rows[0]).sort()).toEqual(columns);
    expect(rows.every(({ published, source }) => published === null && source === null)).toBe(true);
    const google = await schedlab("describe", "synthetic", "--machines", "5", "--steps", "2");
    expect(google.stdout.split("\n")[0].split(/\s{2,}/)).toContain("published");
    expect(rows[0]).toMatchObject({ section: "machines", value: 800 });
    expect(lines[1]).toMatch(/^machines +.* 800 /);
  });
});
