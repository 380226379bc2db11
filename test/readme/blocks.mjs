/** The blocks of README.md that hold a command and what it prints: `<!-- $ schedlab COMMAND -->` to `<!-- end -->`. */

const BLOCK = /<!-- \$ schedlab (.*) -->\n[^]*?<!-- end -->/g;

/**
 * Returns the text with each block replaced by what `replace` returns for it.
 * @param {string} markdown
 * @param {(block: string, command: string) => string} replace gets the block and its command, without `schedlab`
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
  return `<!-- $ schedlab ${command} -->\n\n\`\`\`text\n$ schedlab ${command}\n${output}\`\`\`\n\n<!-- end -->`;
}

/**
 * Returns the folder that the command's trace lies in; undefined where the trace is generated.
 * @param {string} command
 */
export function traceFolder(command) {
  return / (?:google2011|planetlab):(\S+)/.exec(command)?.[1];
}
