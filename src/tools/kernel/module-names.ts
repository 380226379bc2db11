/** What a cell can import: this package's entry points, its packages, Node's modules and files. */
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { PROJECT } from "../jupyter/project.js";
import type { KnownName } from "./known-names.js";

interface PackageJson {
  readonly name: string;
  readonly exports: object;
  readonly dependencies: object;
}

/** Returns the names of modules; of files and folders beside the notebook where the text is a path. */
export function moduleNames(typed: string): readonly KnownName[] {
  const names = /^\.{1,2}\//.test(typed) ? filesAt(typed) : packages();
  return names.map((name) => ({ name, kind: "module", brief: "", card: name }));
}

function packages(): string[] {
  const text = readFileSync(join(PROJECT, "package.json"), "utf8");
  const { name, exports, dependencies } = JSON.parse(text) as PackageJson;
  const own = Object.keys(exports).filter((entry) => !entry.endsWith(".json"));
  const node = builtinModules.filter((module) => !module.startsWith("_"));
  return [
    ...own.map((entry) => name + entry.slice(1)),
    ...Object.keys(dependencies),
    ...node.map((module) => `node:${module}`),
  ];
}

function filesAt(typed: string): string[] {
  const folder = typed.endsWith("/") ? typed : `${dirname(typed)}/`;
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
      if (entry.isDirectory()) return [`${folder}${entry.name}/`];
      return /\.([cm]?[jt]s|json)$/.test(entry.name) ? [folder + entry.name.replace(/\.ts$/, "")] : [];
    });
  } catch {
    // There is no such folder.
    return [];
  }
}
