import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { runOnWorkers } from "../../src/study/worker-pool.js";

interface Task {
  readonly group: number;
  readonly pause: number;
  readonly fault?: boolean;
}

interface Answer {
  readonly thread: number;
  readonly opened: number | undefined;
  readonly sees: number;
}

const WORKER = "../../test/study/counting-worker.mjs";

/**
 * Does the tasks; returns how often each of three groups was opened, and the answers in the order of the
 * tasks.
 */
async function pool(
  tasks: readonly Task[],
  workers: number,
): Promise<{ opens: number[]; answers: Answer[] }> {
  const opens = new Int32Array(new SharedArrayBuffer(12));
  const answers = new Map<Task, Answer>();
  await runOnWorkers<Task, Task & { opens: Int32Array }, Answer>(tasks, {
    workers,
    file: WORKER,
    messageOf: (task) => ({ ...task, opens }),
    groupOf: ({ group }) => String(group),
    onEnd: (task, answer) => {
      answers.set(task, answer);
      return Promise.resolve();
    },
  });
  return { opens: [...opens], answers: tasks.map((task) => answers.get(task)!) };
}

const tasksOf = (...groups: number[]): Task[] => groups.map((group) => ({ group, pause: 30 }));

describe("runOnWorkers", () => {
  it("opens each group once for all threads where there are fewer groups than threads", async () => {
    const { opens, answers } = await pool(tasksOf(0, 0, 1, 1, 0, 1), 3);
    expect(opens).toEqual([1, 1, 0]);
    expect(answers.map(({ opened }) => opened)).toEqual([0, 0, 1, 1, 0, 1]);
    expect(new Set(answers.map(({ thread }) => thread)).size).toBe(3);
  });

  it("opens the last groups, one per thread, once for all; each thread opens the others itself", async () => {
    const tasks = tasksOf(0, 1, 0, 2, 1, 2, 2);
    const { opens, answers } = await pool(tasks, 2);
    expect(opens).toEqual([0, 1, 1]);
    expect(answers.map(({ opened }) => opened)).toEqual([undefined, 1, undefined, 2, 1, 2, 2]);
    expect(answers.map(({ sees }) => sees)).toEqual(tasks.map(({ group }) => group));
  });

  it("lets idle threads help with groups that were opened for all", async () => {
    const long = { group: 1, pause: 300 };
    const { opens, answers } = await pool(
      [...tasksOf(0), long, long, long].map((task) => ({ ...task })),
      2,
    );
    expect(opens).toEqual([0, 1, 0]);
    const [{ thread }, ...others] = answers;
    expect(others.filter((answer) => answer.thread === thread).map(({ opened }) => opened)).toContain(1);
  });

  it.each([
    ["one thread", tasksOf(0, 1, 0), 1],
    ["groups of one task", tasksOf(0, 0, 1, 2), 2],
    ["fewer tasks than workers, each of its own", tasksOf(0, 1), 4],
  ])("lets threads open groups themselves where there is nothing to share: %s", async (_, tasks, workers) => {
    const { opens, answers } = await pool(tasks, workers);
    expect(opens).toEqual([0, 0, 0]);
    expect(answers.map(({ opened, sees }) => [opened, sees])).toEqual(
      tasks.map(({ group }) => [undefined, group]),
    );
  });

  it("rejects with the error of a group that cannot be opened", async () => {
    const tasks = tasksOf(2, 2, 2).map((task) => ({ ...task, fault: true }));
    await expect(pool(tasks, 2)).rejects.toThrow(new InputError("no group 2"));
  });

  it("does nothing for no tasks", async () => {
    expect(await pool([], 2)).toEqual({ opens: [0, 0, 0], answers: [] });
  });
});
