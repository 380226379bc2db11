/**
 * Compiles src to dist unless dist is newer than src. This is plain JavaScript, because it runs before dist
 * exists.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../../..", import.meta.url));

/** @param {string} path @returns {number} the newest change of a file or of anything in a folder, in ms */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const built = join(project, "dist", "index.js");
const inputs = ["src", "package.json", "tsconfig.json", "tsconfig.build.json"].map((name) =>
  join(project, name),
);
const isStale = !existsSync(built) || Math.max(...inputs.map(newest)) > statSync(built).mtimeMs;
if (isStale) {
  console.log("building");
  const build = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: project,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (build.status !== 0) process.exit(build.status ?? 1);
}
