/** Lets the cells of a notebook in any folder import what is installed in this project. */
import { parse } from "node:path";

/** The parts of TypeScript's `sys` that look for a package. */
export interface PackageFiles {
  fileExists: (path: string) => boolean;
  readFile: (path: string, encoding?: string) => string | undefined;
  directoryExists: (path: string) => boolean;
  getDirectories: (path: string) => string[];
  realpath: (path: string) => string;
}

/**
 * Makes TypeScript find the packages of the folder `packages` after all others. It looks into `node_modules`
 * of the notebook's folder and of every folder above; the last of these, the file system's root, now stands
 * for `packages`. (Node itself does the same with NODE_PATH, which the kernelspec sets.)
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
