export const PAGES: readonly string[];
export function replaceBlocks(markdown: string, replace: (block: string, command: string) => string): string;
export function blockOf(command: string, output: string): string;
export function filesOf(markdown: string): { readonly name: string; readonly text: string }[];
export function needsFiles(command: string): boolean;
export function traceFolder(command: string): string | undefined;
