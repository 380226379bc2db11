/** The folder of kept workloads: its files, and which of them go when they take too much of the disk. */
import { readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";

/** Also what a process that was killed has left of one (`writeFileAtomic`). */
const KEPT = /^[0-9a-f]{64}\.arrow(\.[0-9a-f]+\.tmp)?$/;

/** Marks a kept workload as used now. */
export async function markUsed(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now);
}

/** Removes the workloads that were not used for the longest time until all take at most `bytes`. */
export async function removeOldest(folder: string, bytes: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => KEPT.test(name));
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      // Another process may have removed it.
      const found = await stat(path).catch(() => undefined);
      return { path, size: found?.size ?? 0, used: found?.mtimeMs ?? 0 };
    }),
  );
  files.sort((a, b) => b.used - a.used);
  let sum = 0;
  for (const { path, size } of files) {
    sum += size;
    if (sum > bytes) await rm(path, { force: true });
  }
}
