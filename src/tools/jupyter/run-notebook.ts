/** Runs one notebook in the private Python environment. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { PARAMETERS_VARIABLE, type ParameterValue } from "../../notebook/notebook-parameters.js";
import { JUPYTER_VARIABLES, PYTHON } from "./environment.js";
import { PYTHON_FILES, TEMPLATES } from "./project.js";

export interface NotebookRunOptions {
  readonly source: string;
  /** Path of the executed notebook. */
  readonly executed: string;
  /** Path of the cells and their outputs as HTML. */
  readonly cells: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Called as each code cell starts, counted from 1. */
  readonly onCell?: (cell: number, cells: number) => void;
}

export interface CellError {
  /** The number of the code cell, from 1; 0 where the kernel ended. */
  readonly cell: number;
  readonly name: string;
  readonly message: string;
  readonly traceback: readonly string[];
}

export interface NotebookOutcome {
  /** Whether every cell ran. */
  readonly isWhole: boolean;
  readonly seconds: number;
  readonly cells: number;
  readonly error?: CellError;
  /** Other output of the runner, for failures outside of cells. */
  readonly noise: string;
}

interface Message {
  readonly cell?: number;
  readonly cells?: number;
  readonly error?: CellError;
}

/** The largest number of kept characters of this output. */
const LONGEST_NOISE = 4000;

/** Runs a notebook with its own kernel. Rejects only where Python does not start. */
export function runNotebook({
  source,
  executed,
  cells: html,
  parameters,
  onCell,
}: NotebookRunOptions): Promise<NotebookOutcome> {
  const began = performance.now();
  const script = join(PYTHON_FILES, "run_notebook.py");
  return new Promise((resolve, reject) => {
    const child = spawn(PYTHON, [script, source, executed, html, TEMPLATES], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        ...JUPYTER_VARIABLES,
        [PARAMETERS_VARIABLE]: JSON.stringify(parameters),
        // Ignore the user's Jupyter settings, so that results are reproducible.
        JUPYTER_NO_CONFIG: "1",
        PYTHONWARNINGS: "ignore",
      },
    });
    let cells = 0;
    let error: CellError | undefined;
    let noise = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      noise = (noise + text).slice(-LONGEST_NOISE);
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const message = JSON.parse(line) as Message;
      if (message.cells !== undefined) cells = message.cells;
      if (message.cell !== undefined) onCell?.(message.cell, cells);
      if (message.error) error = message.error;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      const seconds = (performance.now() - began) / 1000;
      resolve({ isWhole: code === 0, seconds, cells, noise: noise.trim(), ...(error ? { error } : {}) });
    });
  });
}
