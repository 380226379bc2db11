export function layOut(markdown: string): string;
export function outputOf(command: string, folder: string): string;
