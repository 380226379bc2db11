import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const FOLDERS = readdirSync(join(ROOT, "src"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const PATH = new RegExp(`\`((?:src|test|docs|${FOLDERS.join("|")})/[\\w./-]*\\w)\``, "g");
const PAGES = ["CONTRIBUTING.md", "README.md", "data/README.md"].concat(
  readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
);

/** A path from the root or from src, of a folder or of a module with or without its ending. */
function isThere(path: string): boolean {
  return [path, `src/${path}`].some((from) =>
    ["", ".ts", ".mjs"].some((ending) => existsSync(join(ROOT, from + ending))),
  );
}

it.each(PAGES)("%s names files and folders that are there", (page) => {
  const paths = [...readFileSync(join(ROOT, page), "utf8").matchAll(PATH)].map(([, path]) => path);
  expect(paths.filter((path) => !isThere(path))).toEqual([]);
});
