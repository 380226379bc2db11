/** Runs compiled cells, and keeps what they export. */
import Module, { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { runInThisContext } from "node:vm";
import type { CompiledCell } from "./messages.js";

export interface Executor {
  /**
   * Runs a cell's code and returns its promise, if it has `await` at its top level. Throws what it throws.
   * SIGINT ends it, unless it has awaited.
   */
  run(cell: CompiledCell): unknown;
  /** Returns the value of a cell's last expression, and forgets it; undefined where it has none. */
  takeLast(cell: CompiledCell): unknown;
  /** The values that cells have exported, by name. */
  readonly values: Readonly<Record<string, unknown>>;
}

type Require = (id: string) => unknown;

/** Node's own functions for modules, which have no public types. */
interface InnerModule {
  filename: string;
  paths: string[];
  exports: unknown;
  require: Require;
  _compile(code: string, file: string): void;
}
const InnerModule = Module as unknown as {
  new (file: string): InnerModule;
  _nodeModulePaths(folder: string): string[];
};

// Tables without a prototype: a cell may replace the methods of Map.
const createTable = Object.create.bind(undefined, null) as <T>() => Record<string, T | undefined>;
const { apply } = Reflect;

/** The global that hands `exports` and `require` to the code of cells. */
const HANDED = "__schedlab__";

/** Returns an executor for cells in a folder. `findOwn` returns modules that are no files, by their names. */
export function createExecutor(folder: string, findOwn: (id: string) => unknown): Executor {
  const { exports, values } = createExports();
  const codes = createTable<string>();
  const modules = createTable<InnerModule>();

  function wrapRequire(plain: Require, from: string): Require {
    return new Proxy(plain, {
      apply: (_, self, given: [string]) =>
        findOwn(given[0]) ?? requireSide(given[0], from) ?? apply(plain, self, given),
    });
  }

  /** Returns the exports of a compiled file beside the notebook. */
  function requireSide(id: string, from: string): unknown {
    const path = join(from, id).replaceAll("\\", "/");
    const file = extname(path) === "" ? `${path}.js` : path;
    const code = codes[file];
    let module = modules[file];
    if (module === undefined && code !== undefined) {
      module = new InnerModule(file);
      module.filename = file;
      module.paths = InnerModule._nodeModulePaths(dirname(file));
      module.require = wrapRequire(module.require.bind(module), dirname(file));
      module._compile(code, file);
      modules[file] = module;
    }
    return module?.exports;
  }

  const require = wrapRequire(createRequire(join(folder, "cell.js")), folder);
  Object.defineProperty(globalThis, HANDED, { value: Object.freeze({ exports, require }) });

  return {
    values,
    run({ code, isAsync, files }) {
      for (let i = 0; i < files.length; i++) {
        const { path, data } = files[i];
        codes[path] = data;
        modules[path] = undefined;
      }
      const head = `(${isAsync ? "async " : ""}function (exports, require) { `;
      const call = `\n})(${HANDED}.exports, ${HANDED}.require)`;
      return runInThisContext(head + code + call, { breakOnSigint: true }) as unknown;
    },
    takeLast({ last }) {
      if (last === undefined) return undefined;
      const value = values[last];
      values[last] = undefined;
      return value ?? undefined;
    },
  };
}

/** Returns the object that cells export to, and the values in it. Names that are imported can be set anew. */
function createExports(): { exports: object; values: Record<string, unknown> } {
  const values: Record<string, unknown> = {};
  const exports = new Proxy(values, {
    // TypeScript defines imported names with getters.
    defineProperty(_, name, given) {
      const isValue = given.get === undefined;
      if (name !== "__esModule") values[name as string] = isValue ? given.value : (given.get?.() as unknown);
      return true;
    },
  });
  return { exports, values };
}
