/** What the commands of a page print, beside the files of that page. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesOf, needsFiles } from "./blocks.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Returns a new folder with the files of a page, in which `schedlab` can be imported.
 * @param {string} markdown
 */
export function layOut(markdown) {
  const folder = mkdtempSync(join(tmpdir(), "schedlab-page-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules", "schedlab"), "junction");
  for (const { name, text } of filesOf(markdown)) writeFileSync(join(folder, name), text);
  return folder;
}

/**
 * Runs a command of a page, `schedlab ...` as it was built last or `node FILE`, and returns its standard
 * output.
 * @param {string} command
 * @param {string} folder the page's
 */
export function outputOf(command, folder) {
  const [program, ...given] = command.split(" ");
  const args = program === "node" ? given : [join(ROOT, "dist/tools/cli/main.js"), ...given];
  return execFileSync(process.execPath, args, {
    cwd: needsFiles(command) ? folder : ROOT,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
}
