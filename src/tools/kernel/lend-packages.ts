/** Lets the cells of a notebook in any folder import the packages of this project. */
import { parse } from "node:path";

/** The functions of TypeScript's `sys` that are used to find a package. */
export interface PackageFiles {
  fileExists: (path: string) => boolean;
  readFile: (path: string, encoding?: string) => string | undefined;
  directoryExists: (path: string) => boolean;
  getDirectories: (path: string) => string[];
  realpath: (path: string) => string;
}

/**
 * Makes TypeScript search the folder `packages` last. TypeScript looks into `node_modules` of the notebook's
 * folder and of every folder above; `node_modules` in the file system's root is redirected to `packages`.
 * (Node does the same with NODE_PATH, which the kernelspec sets.)
 */
export function lendPackages(files: PackageFiles, packages: string): void {
  const last = `${parse(packages).root.replaceAll("\\", "/")}node_modules`;
  const place = (path: string): string =>
    path === last || path.startsWith(`${last}/`) ? packages + path.slice(last.length) : path;
  const { fileExists, readFile, directoryExists, getDirectories, realpath } = files;
  Object.assign(files, {
    fileExists: (path) => fileExists(place(path)),
    readFile: (path, encoding) => readFile(place(path), encoding),
    directoryExists: (path) => directoryExists(place(path)),
    getDirectories: (path) => getDirectories(place(path)),
    realpath: (path) => realpath(place(path)),
  } satisfies PackageFiles);
}
