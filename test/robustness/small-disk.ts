import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives `work` a folder on a file system of this size ("64k"), which is gone afterwards. Throws where none
 * can be mounted.
 */
export async function onSmallDisk<T>(size: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "schedlab-small-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder], { stdio: "ignore" });
    try {
      return await work(folder);
    } finally {
      execFileSync("umount", [folder]);
    }
  } finally {
    rmdirSync(folder);
  }
}

/** Only root may mount, and not in every container. */
export async function canMount(): Promise<boolean> {
  return onSmallDisk("64k", () => Promise.resolve(true)).catch(() => false);
}
