/** Gives the values of `--set name=value` to the notebooks that have a parameter of this name. */
import { parseDecimal } from "../../base/decimal.js";
import { InputError } from "../../base/errors.js";
import { didYouMean } from "../../base/nearest.js";
import type { ParameterValue } from "../../notebook/notebook-parameters.js";
import type { Defaults } from "./parameter-cell.js";

export interface ReadNotebook {
  readonly name: string;
  /** Undefined where they cannot be read: such a notebook gets every value and checks it itself. */
  readonly defaults: Defaults | undefined;
}

/**
 * Returns the values for each notebook, in the types of its defaults.
 *
 * @param given Values by name, as they were typed.
 * @throws InputError for a name that no notebook has, and for a value that is not of a default's type.
 */
export function assignParameters(
  notebooks: readonly ReadNotebook[],
  given: Readonly<Record<string, string>>,
): Record<string, ParameterValue>[] {
  const known = [...new Set(notebooks.flatMap(({ defaults = {} }) => Object.keys(defaults)))].sort();
  const isAllRead = notebooks.every(({ defaults }) => defaults !== undefined);
  for (const name of Object.keys(given)) {
    if (known.includes(name) || !isAllRead) continue;
    const all = known.join(", ") || "none";
    throw new InputError(
      `no chosen notebook has a parameter ${name}${didYouMean(name, known)}; known: ${all}`,
    );
  }
  return notebooks.map(({ name: notebook, defaults }) =>
    Object.fromEntries(
      Object.entries(given)
        .filter(([name]) => defaults === undefined || Object.hasOwn(defaults, name))
        .map(([name, text]) => [name, toType(text, defaults?.[name], `${name} of notebook ${notebook}`)]),
    ),
  );
}

/** Returns the text in the type of the default; without one, as a number or a truth value where it is one. */
function toType(text: string, usual: ParameterValue | undefined, what: string): ParameterValue {
  if (typeof usual === "string") return text;
  const number = parseDecimal(text);
  const truth = text === "true" ? true : text === "false" ? false : undefined;
  if (usual === undefined) return number ?? truth ?? text;
  const value = typeof usual === "number" ? number : truth;
  if (value !== undefined) return value;
  const wanted = typeof usual === "number" ? "a number" : "true or false";
  throw new InputError(`invalid ${what}: ${text}; give ${wanted}, such as its default ${String(usual)}`);
}

/** Parameters of every notebook that have an option of their own. */
const OPTIONS: Readonly<Record<string, string>> = {
  language: "--language",
  figures: "--out",
  quick: "--quick",
};

/** Adds `name=value` to the values before it; for an option that may be repeated. */
export function readSetting(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw new InputError(`invalid --set ${text}; give name=value, such as --set seeds=20`);
  const name = text.slice(0, at);
  if (Object.hasOwn(OPTIONS, name)) throw new InputError(`invalid --set ${text}; use ${OPTIONS[name]}`);
  return { ...before, [name]: text.slice(at + 1) };
}
