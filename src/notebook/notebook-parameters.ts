/** A notebook's parameters: its defaults, with the overrides of a runner such as `npm run reproduce`. */
import { InputError } from "../base/errors.js";

export type ParameterValue = string | number | boolean;

/** A parameter's type, widened: `machines: 800` takes any number. */
export type Widened<T> = T extends string ? string : T extends number ? number : boolean;

export interface NotebookParameterOptions<T> {
  /** Values for a quick look, in seconds rather than minutes, as `npm run reproduce -- --quick` asks for. */
  readonly quick?: Partial<{ readonly [K in keyof T]: Widened<T[K]> }>;
}

/** The environment variable with the runner's overrides as one JSON object, including `quick`. */
export const PARAMETERS_VARIABLE = "SCHEDLAB_PARAMETERS";

/**
 * Returns the defaults with the runner's overrides (`npm run reproduce -- --machines 100`), for the first
 * cell of a notebook. Ignores overrides of parameters that the notebook does not have, because they are for
 * other notebooks. Throws InputError for an override whose type differs from the default's.
 */
export function notebookParameters<T extends Readonly<Record<string, ParameterValue>>>(
  defaults: T,
  { quick = {} }: NotebookParameterOptions<T> = {},
): { [K in keyof T]: Widened<T[K]> } {
  const given = parseOverrides(process.env[PARAMETERS_VARIABLE]);
  const base: Record<string, ParameterValue> = { ...defaults, ...(given.quick === true ? quick : {}) };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(base, name)) continue;
    const usual = base[name];
    if (typeof value !== typeof usual) {
      throw new InputError(`invalid parameter ${name}: ${JSON.stringify(value)}; give a ${typeof usual}`);
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
