/** Worker threads: how they are started, and how their results and errors come back. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { InputError } from "./errors.js";

/**
 * An error in the user's input. It is sent between threads as text, because the class of an error is lost.
 */
export interface InputFault {
  readonly inputError: string;
}

/** The functions of a module; each takes one message. */
type Functions = Readonly<Record<string, (message: never) => unknown>>;
type Answer<Made> = Exclude<Awaited<Made>, InputFault>;

/** Threads that all run the same module. */
export interface Threads<Module extends Functions> {
  readonly count: number;
  /**
   * Calls the module's function of this name on the first free thread. The buffers of `transfer` are moved to
   * that thread, not copied, and cannot be used here any more. Rejects with an InputError where the function
   * answers with an InputFault.
   */
  readonly run: <Name extends keyof Module & string>(
    name: Name,
    message: Parameters<Module[Name]>[0],
    transfer?: ArrayBuffer[],
  ) => Promise<Answer<ReturnType<Module[Name]>>>;
  /** Ends the threads, whatever they are doing. */
  readonly close: () => Promise<void>;
}

/** Starts threads that run a compiled module. `file` is its name as in an import in the module `from`. */
export function startThreads<Module extends Functions>(
  file: string,
  from: string,
  count: number,
): Threads<Module> {
  const pool = new Piscina({
    filename: compiledFile(file, from),
    minThreads: count,
    maxThreads: count,
    env: envOfThreads(),
  });
  return {
    count,
    async run(name, message, transfer = []) {
      const answer: unknown = await pool.run(message, { name, transferList: transfer });
      if (isFault(answer)) throw new InputError(answer.inputError);
      return answer as Answer<ReturnType<Module[typeof name]>>;
    },
    close: () => pool.destroy(),
  };
}

/** Does the work of a thread and turns an InputError into an answer. */
export async function answering<Made>(work: () => Made | Promise<Made>): Promise<Made | InputFault> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputError) return { inputError: error.message };
    throw error;
  }
}

/**
 * Returns the path of a compiled file, also if the module `from` runs from its TypeScript source. `name` is
 * the file's name as in an import in `from`.
 */
export function compiledFile(name: string, from: string): string {
  const beside = fileURLToPath(new URL(name, from));
  return existsSync(beside)
    ? beside
    : fileURLToPath(new URL(name, from.replace(/\/src\/(?!.*\/src\/)/, "/dist/")));
}

/**
 * Makes Piscina import its module instead of requiring it: Node 20 ends the whole process ("Assertion failed"
 * in `module_wrap.cc`) if a thread is stopped while it requires an ES module, for example because another
 * thread has failed. The option is set in the environment because `execArgv` would replace the flags that
 * threads inherit, such as `--cpu-prof`.
 */
function envOfThreads(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS = "" } = process.env;
  return { ...process.env, NODE_OPTIONS: `${NODE_OPTIONS} --no-experimental-require-module` };
}

function isFault(answer: unknown): answer is InputFault {
  return typeof answer === "object" && answer !== null && "inputError" in answer;
}
