import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findParts } from "../../../src/traces/google2011/tables.js";
import { InputError } from "../../../src/base/errors.js";
import { part, writeTrace } from "./fixtures.js";

const rejection = async (folder: string): Promise<string> => {
  const error: unknown = await findParts(folder).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(InputError);
  return (error as Error).message;
};

describe("findParts", () => {
  test("lists any subset of parts by number, gzipped or not; other files and tables are left alone", async () => {
    const folder = writeTrace({
      [`task_events/${part(10)}`]: ["x"],
      [`task_events/part-00002-of-00500.csv`]: ["x"],
      "task_events/README": ["x"],
      [`task_constraints/${part(0)}`]: ["x"],
    });
    const found = await findParts(folder);
    expect(found.task_events.map(({ number, name }) => [number, name])).toEqual([
      [2, "task_events/part-00002-of-00500.csv"],
      [10, "task_events/part-00010-of-00500.csv.gz"],
    ]);
    expect([found.machine_events, found.job_events, found.task_usage]).toEqual([[], [], []]);
    expect((await findParts(folder, [10])).task_events.map(({ number }) => number)).toEqual([10]);
  });

  test("an absent folder, an empty one, and one of another layout are errors that show the layout", async () => {
    const folder = writeTrace({});
    expect(await rejection(join(folder, "none"))).toMatch(/^cannot read .*none: no such file or folder/);
    expect(await rejection(folder)).toMatch(
      /^no trace in .*; it must hold .*task_events\/part-00000-of-00500/,
    );
    writeFileSync(join(folder, "a.csv"), "x");
    expect(await rejection(folder)).toMatch(/^no trace in/);
    expect(await rejection(join(folder, "a.csv"))).toMatch(/a\.csv is not named after a table of this trace/);
    mkdirSync(join(folder, "task_events"));
    expect(await rejection(folder)).toMatch(/^no trace in/);
    writeFileSync(join(folder, "machine_events.csv"), "x");
    expect(await rejection(folder)).toMatch(/^neither task_events nor task_usage parts in .*; it must hold/);
  });

  test("a part that is there twice is an error that names both files", async () => {
    const both = writeTrace({
      [`task_events/${part(1)}`]: ["x"],
      [`task_events/part-00001-of-00500.csv`]: ["x"],
    });
    expect(await rejection(both)).toBe(
      "duplicate file task_events/part-00001-of-00500.csv: it also exists as " +
        "task_events/part-00001-of-00500.csv.gz; " +
        "remove one of them",
    );
    const counts = writeTrace({ [`task_events/${part(1, 2)}`]: ["x"], [`task_events/${part(1)}`]: ["x"] });
    expect(await rejection(counts)).toMatch(/^duplicate part 1/);
    const splits = writeTrace({ [`task_events/${part(0, 2)}`]: ["x"], [`task_events/${part(1)}`]: ["x"] });
    expect(await rejection(splits)).toMatch(/^parts of two different splits/);
    const beyond = writeTrace({ [`task_events/${part(2, 2)}`]: ["x"] });
    expect(await rejection(beyond)).toMatch(/number 2 is not below 2/);
  });
});
