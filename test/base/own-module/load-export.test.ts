import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { hashModule } from "../../../src/base/own-module/hash-module.js";
import { loadExport, namesModule } from "../../../src/base/own-module/load-export.js";

const folder = mkdtempSync(join(tmpdir(), "own-module-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const aNumber = { what: "a number", is: (value: unknown): boolean => typeof value === "number" };
const load = (reference: string): Promise<unknown> =>
  loadExport(reference, aNumber).then(({ value, name }) => ({ value, name }));

describe("namesModule", () => {
  it("accepts paths and names that end like modules, but no name of a built-in policy", () => {
    const paths = ["./a", "../a.mjs#b", "/a/b", "a.mjs", "a.js#x", "a.ts", "own/a.cjs"];
    expect(paths.filter(namesModule)).toEqual(paths);
    expect(["threshold", "thr-mmt", "a#b", "mjs", "table:x.json"].filter(namesModule)).toEqual([]);
  });
});

describe("loadExport", () => {
  it("takes the default export, the named export, or the only export that is wanted", async () => {
    const both = write("both.mjs", "export default 1; export const two = 2;");
    expect(await load(both)).toEqual({ value: 1, name: "both" });
    expect(await load(`${both}#two`)).toEqual({ value: 2, name: "two" });
    const one = write("one.mjs", "export const word = 'x'; export const three = 3;");
    expect(await load(one)).toEqual({ value: 3, name: "three" });
  });

  it("says that a module, or one that it imports, has changed since it was loaded", async () => {
    const part = write("part.mjs", "export const five = 5;");
    const path = write("whole.mjs", "export { five as default } from './part.mjs';");
    expect(await load(path)).toEqual({ value: 5, name: "whole" });
    expect(await load(path)).toEqual({ value: 5, name: "whole" });
    writeFileSync(part, "export const five = 6;");
    await expect(load(path)).rejects.toThrow(/has changed since it was loaded; start again/);
  });

  it("reads relative paths from the working directory", async () => {
    const path = relative(process.cwd(), write("here.mjs", "export default 4;"));
    expect(await load(path)).toEqual({ value: 4, name: "here" });
  });

  it("allows # in the name of a folder", async () => {
    await expect(load("/a#b/five.mjs#five")).rejects.toThrow("no such module: /a#b/five.mjs; looked for");
    await expect(load("/a#b/five.mjs")).rejects.toThrow("no such module: /a#b/five.mjs; looked for");
  });

  it.each([
    ["none.mjs", undefined, /^no such module: .*none\.mjs; looked for /],
    [
      "some.mjs#fore",
      "export const four = 4; export const six = 6;",
      /no such export of .*: fore \(did you mean four\?\); it exports: four, six$/,
    ],
    ["empty.mjs#x", "", /no such export of .*: x; it exports: nothing$/],
    ["word.mjs", "export default 'x';", /the export default of .*word\.mjs is not a number: it is 'x'$/],
    ["words.mjs", "export const a = 'x', b = [];", /words\.mjs does not export a number; it exports: a, b$/],
    [
      "many.mjs",
      "export const a = 1, b = 2;",
      /several exports that may be a number: a, b; name one: .*many\.mjs#a$/,
    ],
    ["throws.mjs", "throw new Error('no coffee');", /throws\.mjs cannot be loaded: no coffee$/],
    ["lacks.mjs", "import './absent.mjs';", /lacks\.mjs cannot be loaded: .*absent\.mjs/],
    ["syntax.mjs", "export const = 1;", /syntax\.mjs cannot be loaded: /],
  ])("refuses %s", async (reference, text, message) => {
    const [name] = reference.split("#");
    if (text !== undefined) write(name, text);
    const error: unknown = await load(join(folder, reference)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(message);
  });
});

describe("hashModule", () => {
  const files = {
    "main.mjs":
      'import { a } from "./a.mjs";\nimport json from "./lib/data.json" with { type: "json" };\nimport "x";',
    "a.mjs": "export {\n  b,\n} from './lib/b.mjs?v=1'; export * from\"./main.mjs\";",
    "lib/b.mjs": 'export const b = await import("../c.mjs"); // from "./gone.mjs"',
    "lib/data.json": "{}",
    "c.mjs": "export default 1;",
    "other.mjs": "export default 2;",
  };
  const hashIn = async (place: string, changed: Partial<typeof files> = {}): Promise<string> => {
    for (const [name, text] of Object.entries({ ...files, ...changed })) write(join(place, name), text);
    return hashModule(join(folder, place, "main.mjs"));
  };

  it("changes with each imported file, but not with other files or the folder", async () => {
    const plain = await hashIn("h0");
    expect(plain).toMatch(/^[0-9a-f]{64}$/);
    expect(await hashIn("h1")).toBe(plain);
    for (const name of Object.keys(files)) {
      const other = await hashIn(`h-${name.replace("/", "-")}`, { [name]: `${files[name as "c.mjs"]} ` });
      expect(other === plain, name).toBe(name === "other.mjs");
    }
  });
});
