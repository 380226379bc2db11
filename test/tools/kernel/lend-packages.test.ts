import { expect, it } from "vitest";
import { lendPackages } from "../../../src/tools/kernel/lend-packages.js";

it("redirects only the root's packages to the project's", () => {
  const asked: string[] = [];
  const files = {
    fileExists: (path: string) => asked.push(path) > 0,
    readFile: (path: string) => path,
    directoryExists: (path: string) => asked.push(path) > 0,
    getDirectories: (path: string) => [path],
    realpath: (path: string) => path,
  };
  lendPackages(files, "/lab/node_modules");
  files.fileExists("/notes/node_modules/arquero/package.json");
  files.fileExists("/node_modules/arquero/package.json");
  files.directoryExists("/node_modules");
  files.directoryExists("/node_modules_of_mine");
  expect(asked).toEqual([
    "/notes/node_modules/arquero/package.json",
    "/lab/node_modules/arquero/package.json",
    "/lab/node_modules",
    "/node_modules_of_mine",
  ]);
  expect(files.readFile("/node_modules/a.d.ts")).toBe("/lab/node_modules/a.d.ts");
  expect(files.realpath("/node_modules/a")).toBe("/lab/node_modules/a");
  expect(files.getDirectories("/node_modules/@types")).toEqual(["/lab/node_modules/@types"]);
});
