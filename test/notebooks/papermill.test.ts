/** Notebooks under papermill, as its users start it. Needs the environment `.venv`. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { JUPYTER_VARIABLES, PYTHON } from "../../src/tools/jupyter/environment.js";
import { hasEnvironment } from "./environment.js";
import { writeNotebook } from "./write-notebook.js";

const isReady = await hasEnvironment();
const folder = mkdtempSync(join(tmpdir(), "schedlab-papermill-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a notebook with three parameters; returns the printed parameters. Rejects where a cell fails. */
async function papermill(...given: readonly string[]): Promise<string> {
  const [from, to] = ["in", "out"].map((name) => join(folder, `${name}.ipynb`));
  writeNotebook(from, [
    'import { notebook } from "schedlab";\n' +
      'const { parameters } = notebook("00", { seeds: 10, trace: "synthetic", isFair: false });',
    "console.log(JSON.stringify(parameters));",
  ]);
  const argv = ["-m", "papermill", from, to, "-k", "schedlab", "--cwd", folder, ...given];
  await promisify(execFile)(PYTHON, argv, { env: { ...process.env, ...JUPYTER_VARIABLES } });
  const { cells } = JSON.parse(readFileSync(to, "utf8")) as {
    cells: { outputs: { text?: string | string[] }[] }[];
  };
  return cells.flatMap(({ outputs }) => outputs.flatMap(({ text = "" }) => text)).join("");
}

describe.skipIf(!isReady)("papermill", () => {
  it("gives parameters of every type, also texts that need escapes", async () => {
    const trace = 'a "b" \\ `c` ${1} 中';
    const printed = await papermill("-p", "seeds", "20", "-p", "isFair", "True", "-r", "trace", trace);
    expect(JSON.parse(printed)).toEqual({ seeds: 20, trace, isFair: true, language: "en", figures: "out" });
  });

  it("fails for a name that the notebook does not have", async () => {
    await expect(papermill("-p", "sedes", "20")).rejects.toThrow(
      "unknown parameter of notebook 00: sedes (did you mean seeds?)",
    );
  });
});
