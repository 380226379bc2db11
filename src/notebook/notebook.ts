/** The first cell of a notebook defines its parameters and how it publishes charts and tables. */
import { notebookParameters, type ParameterValue, type Widened } from "./notebook-parameters.js";
import { publisher, type Publish } from "./publish.js";

/**
 * Parameters that every notebook has. Files go to `out` beside it, so that what is tried out does not
 * replace a figure of the paper.
 */
const SHARED = { language: "en", figures: "out" } as const;

type Parameters<T> = { readonly [K in keyof (T & typeof SHARED)]: Widened<(T & typeof SHARED)[K]> };

export interface OpenNotebook<T> {
  readonly parameters: Parameters<T>;
  /**
   * Shows a chart or a table for papers and writes its files, whose names begin with `prefix`: a chart
   * as SVG, PDF, PNG, CSV, LaTeX and manifest, a table as CSV, LaTeX and manifest.
   */
  readonly publish: Publish;
}

/**
 * Returns `publish` and the parameters of a notebook: those of `defaults`, `language` ("en" or "zh") and
 * `figures` (the folder for files), with the values of a runner (`npm run reproduce -- --set seeds=20`, or
 * papermill). Throws InputError for a value of an unknown parameter or of another type than the default's.
 *
 * @param prefix The beginning of file names, such as "03".
 * @param quick Values for a quick look, in seconds rather than minutes, as `npm run reproduce -- --quick`
 * asks for.
 */
export function notebook<T extends Readonly<Record<string, ParameterValue>>>(
  prefix: string,
  defaults: T,
  { quick }: { readonly quick?: Partial<{ readonly [K in keyof T]: Widened<T[K]> }> } = {},
): OpenNotebook<T> {
  const parameters = notebookParameters(
    `notebook ${prefix}`,
    { ...defaults, ...SHARED },
    { quick },
  ) as Parameters<T>;
  const { language, figures } = parameters as { readonly language: string; readonly figures: string };
  return { parameters, publish: publisher({ language, figures, prefix }) };
}
