export function replaceBlocks(markdown: string, replace: (block: string, command: string) => string): string;
export function blockOf(command: string, output: string): string;
export function traceFolder(command: string): string | undefined;
