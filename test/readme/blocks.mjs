/**
 * The pages whose contents commands make, and what is found in them: blocks with a command and what it
 * prints, `<!-- $ COMMAND -->` to `<!-- end -->`, and files that a reader may copy, fenced blocks with a
 * name: "```js first.mjs".
 */

/** All pages with blocks, files or indented commands that are tested, from the project's folder. */
export const PAGES = [
  "README.md",
  "docs/results.md",
  "docs/model.md",
  "docs/your-own.md",
  "docs/performance.md",
];

const BLOCK = /<!-- \$ (.*) -->\n[^]*?<!-- end -->/g;

const FILE = /^```\w+ (\S+)\n([^]*?)^```$/gm;

/** Prints every policy and every number of the model; a page shows the latter, as a table. */
const MODEL = "schedlab policies --json";

/**
 * Returns the text with each block replaced by what `replace` returns for it.
 * @param {string} markdown
 * @param {(block: string, command: string) => string} replace gets the block and its command
 */
export function replaceBlocks(markdown, replace) {
  return markdown.replace(BLOCK, replace);
}

/**
 * Returns the block of a command.
 * @param {string} command
 * @param {string} output what it prints on standard output
 */
export function blockOf(command, output) {
  const shown = command === MODEL ? modelTable(output) : `\`\`\`text\n$ ${command}\n${output}\`\`\``;
  return `<!-- $ ${command} -->\n\n${shown}\n\n<!-- end -->`;
}

/**
 * Returns the named files of a page, in its order.
 * @param {string} markdown
 */
export function filesOf(markdown) {
  return Array.from(markdown.matchAll(FILE), ([, name, text]) => ({ name, text }));
}

/**
 * Whether a command is run beside the page's files; all others are run in the project's folder.
 * @param {string} command
 */
export function needsFiles(command) {
  return command.startsWith("node ") || / (?:\S*,)?\.\/|table:/.test(command);
}

/**
 * Returns the folder that the command's trace lies in; undefined where the trace is generated.
 * @param {string} command
 */
export function traceFolder(command) {
  return / (?:google2011|planetlab):(\S+)/.exec(command)?.[1];
}

/** @param {string} json */
function modelTable(json) {
  const { model } = JSON.parse(json);
  const rows = Object.entries(model).map(([key, { default: value, unit, description }]) => [
    `\`${key}\``,
    `${value}`,
    unit,
    description,
  ]);
  return paddedTable([["key", "default", "unit", "meaning"], ...rows]);
}

/**
 * Returns a table as prettier would write it.
 * @param {string[][]} rows the first is the head
 */
function paddedTable([head, ...rows]) {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...rows].map((row) => row[i].length)));
  const line = (row, fill = " ") => `| ${row.map((cell, i) => cell.padEnd(widths[i], fill)).join(" | ")} |`;
  return [
    line(head),
    line(
      head.map(() => ""),
      "-",
    ),
    ...rows.map((row) => line(row)),
  ].join("\n");
}
