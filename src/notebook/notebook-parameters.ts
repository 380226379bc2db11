/** A notebook's parameters: its defaults, with the values of a runner (`npm run reproduce`, papermill). */
import { InputError } from "../base/errors.js";
import { refuseUnknownKeys } from "../base/known-keys.js";

export type ParameterValue = string | number | boolean;

/** A parameter's type, widened: `machines: 800` takes any number. */
export type Widened<T> = T extends string ? string : T extends number ? number : boolean;

export interface NotebookParameterOptions<T> {
  /** Values for a quick look, in seconds rather than minutes, as `npm run reproduce -- --quick` asks for. */
  readonly quick?: Partial<{ readonly [K in keyof T]: Widened<T[K]> }>;
}

/**
 * The environment variable with the runner's values as one JSON object, including `quick`. In a notebook that
 * papermill runs, a cell before the first one sets it.
 */
export const PARAMETERS_VARIABLE = "SCHEDLAB_PARAMETERS";

/**
 * Returns the defaults with the runner's values (`npm run reproduce -- --set machines=100`), for the first
 * cell of a notebook. Throws InputError for a value of a parameter that the notebook does not have, and for a
 * value whose type differs from the default's.
 *
 * @param owner The notebook, for messages: "notebook 03".
 */
export function notebookParameters<T extends Readonly<Record<string, ParameterValue>>>(
  owner: string,
  defaults: T,
  { quick = {} }: NotebookParameterOptions<T> = {},
): { [K in keyof T]: Widened<T[K]> } {
  const { quick: isQuick, ...given } = parseOverrides(process.env[PARAMETERS_VARIABLE]);
  const base: Record<string, ParameterValue> = { ...defaults, ...(isQuick === true ? quick : {}) };
  refuseUnknownKeys(given, Object.keys(base), `parameter of ${owner}`);
  for (const [name, value] of Object.entries(given)) {
    const wanted = typeof base[name];
    if (typeof value !== wanted) {
      throw new InputError(`invalid ${name} of ${owner}: ${JSON.stringify(value)}; give a ${wanted}`);
    }
    base[name] = value as ParameterValue;
  }
  return base as { [K in keyof T]: Widened<T[K]> };
}

function parseOverrides(text = "{}"): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>;
    }
  } catch {
    // The error below covers invalid JSON, too.
  }
  throw new InputError(`invalid ${PARAMETERS_VARIABLE}: ${text}; give one JSON object`);
}
