import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll } from "vitest";

/**
 * Returns a function that writes a trace's files, by name, into a new folder and returns that; all go after
 * the tests.
 */
export function traceFolders(): (files: Readonly<Record<string, string | Uint8Array>>) => Promise<string> {
  let scratch: string;
  let folders = 0;
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), "schedlab-trace-"));
  });
  afterAll(async () => {
    await rm(scratch, { recursive: true });
  });
  return async (files) => {
    const folder = join(scratch, `trace${folders++}`);
    await mkdir(folder);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return folder;
  };
}
