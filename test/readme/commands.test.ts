/**
 * The commands of README.md and of the pages of docs/ with blocks, in their order, in a fresh copy of the
 * work tree with the files that the pages name; those of the README again after a second build.
 */
import { execFileSync, execSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { filesOf, PAGES } from "./blocks.mjs";

const ROOT = join(import.meta.dirname, "../..");

/** Commands of the pages that this test leaves out, with the reason. Every other one is run. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "npm ci": "tests have no network; node_modules is copied instead",
  "npm run reproduce": "runs all notebooks, for minutes",
  "npm run lab": "opens JupyterLab and does not end",
  "npx schedlab simulate --scenario cloudsim-planetlab --mode cloudsim-3.0.3 --trace planetlab:DIR --policy thr-mmt":
    "needs a folder of PlanetLab's files",
};

/** The commands of the indented blocks, in order: a line may hold several, joined by `&&`. */
function indentedCommands(markdown: string): string[] {
  return markdown
    .replace(/^```[^]*?^```$/gm, "")
    .split("\n")
    .filter((line) => /^ {4}\S/.test(line))
    .flatMap((line) => line.replace(/ +# .*$/, "").split("&&"))
    .map((command) => command.trim());
}

/**
 * Files of the work tree, and what is installed, without a network: hard links where the file system has
 * them.
 */
function copyWorkTree(to: string): void {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: ROOT })
    .toString()
    .split("\0")
    .filter((file) => file !== "" && existsSync(join(ROOT, file)));
  for (const file of files) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(ROOT, file), join(to, file));
  }
  const installed = join(ROOT, "node_modules");
  const linked = spawnSync("cp", ["-al", installed, to]);
  if (linked.status === 0) return;
  rmSync(join(to, "node_modules"), { recursive: true, force: true });
  cpSync(installed, join(to, "node_modules"), { recursive: true, verbatimSymlinks: true });
}

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "schedlab-readme-"));
  copyWorkTree(copy);
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

function runInCopy(command: string): string {
  return execSync(command, {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, npm_config_offline: "true" },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

const pages = PAGES.map((page) => readFileSync(join(ROOT, page), "utf8"));

it("runs every command, and the command line again after a second build", () => {
  const run: string[] = [];
  for (const page of pages) {
    for (const { name, text } of filesOf(page)) writeFileSync(join(copy, name), text);
    const commands = indentedCommands(page).filter((command) => !(command in LEFT_OUT));
    for (const command of commands) runInCopy(command);
    run.push(...commands);
  }
  expect(run).toEqual(expect.arrayContaining(["npm run build", "npx schedlab --help"]));

  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  runInCopy("npm run build");
  expect(runInCopy("npx schedlab --version")).toBe(`${version}\n`);
  for (const command of run.filter((line) => line.startsWith("npx "))) runInCopy(command);
}, 600_000);

it("leaves out nothing that the pages do not have", () => {
  expect(pages.flatMap(indentedCommands)).toEqual(expect.arrayContaining(Object.keys(LEFT_OUT)));
});
