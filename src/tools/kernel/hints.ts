/** Remedies for errors whose messages are unhelpful under tslab. */

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /^Unexpected reserved word$/,
    "a cell cannot hold `for await` at its top level: put the loop into an async function",
  ],
  [
    /^(self|window|document) is not defined$/,
    "this package runs in a browser only; for plotly, pass the figure to show()",
  ],
  [
    /require\(\) cannot be used on an ESM graph with top-level await/,
    "the package waits at its top level, which a cell cannot import",
  ],
  [/^Cannot find module 'schedlab/, "run npm ci, then npm run build, and restart the kernel"],
  // tslab's compiler fails this way when an imported file changes while a cell runs.
  [/^Unexpected pending rebuildTimer$/, "the package was rebuilt while the cell ran: restart the kernel"],
  [/ heap out of memory/, "use fewer machines or steps"],
];

const NOT_FOUND = /\bno such (file|folder)\b/;
const ABSOLUTE = /(^|[\s'"`(])([/\\]|[A-Za-z]:[/\\])/;

/** Returns one sentence of help for an error of a notebook in this folder, or undefined. */
export function hintFor({ message }: { readonly message: string }, folder: string): string | undefined {
  if (NOT_FOUND.test(message) && !ABSOLUTE.test(message)) {
    return `a relative path starts from the notebook's folder, ${folder}`;
  }
  return HINTS.find(([pattern]) => pattern.test(message))?.[1];
}
