/** Worker threads: how they are started, and how what they return or refuse comes back. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { InputError } from "./errors.js";

/** A fault of the input crosses the threads as text: an error's class does not. */
export interface InputFault {
  readonly inputError: string;
}

/** A module's functions, each of one message. */
type Functions = Readonly<Record<string, (message: never) => unknown>>;
type Answer<Made> = Exclude<Awaited<Made>, InputFault>;

/** Threads that all run the same module. */
export interface Threads<Module extends Functions> {
  readonly count: number;
  /**
   * Calls the module's function of this name on the thread that is free first. The buffers of `transfer` go
   * to that thread without being copied and are gone here. Rejects with an InputError where the function
   * answered with an InputFault.
   */
  readonly run: <Name extends keyof Module & string>(
    name: Name,
    message: Parameters<Module[Name]>[0],
    transfer?: ArrayBuffer[],
  ) => Promise<Answer<ReturnType<Module[Name]>>>;
  /** Ends the threads, whatever they are doing. */
  readonly close: () => Promise<void>;
}

/** Starts threads that run a compiled module, named as an import in the module `from` would name it. */
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

/** Does the work of a thread; a fault of the input becomes an answer. */
export async function answering<Made>(work: () => Made | Promise<Made>): Promise<Made | InputFault> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputError) return { inputError: error.message };
    throw error;
  }
}

/**
 * Returns the path of a compiled file, named as an import in the module `from` would name it, also where that
 * runs from its source.
 */
export function compiledFile(name: string, from: string): string {
  const beside = fileURLToPath(new URL(name, from));
  return existsSync(beside)
    ? beside
    : fileURLToPath(new URL(name, from.replace(/\/src\/(?!.*\/src\/)/, "/dist/")));
}

/**
 * Has Piscina import its module, not require it: Node 20 takes the whole process down ("Assertion failed" in
 * `module_wrap.cc`) where a thread is ended while it requires an ES module, as when another has failed and
 * this one has only begun. Said by the environment: `execArgv` would take the place of the flags that threads
 * inherit, such as `--cpu-prof`.
 */
function envOfThreads(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS = "" } = process.env;
  return { ...process.env, NODE_OPTIONS: `${NODE_OPTIONS} --no-experimental-require-module` };
}

function isFault(answer: unknown): answer is InputFault {
  return typeof answer === "object" && answer !== null && "inputError" in answer;
}
