/** The frame of every page of the site: what a browser needs to know, the style and the script. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../../../charts/figure.js";
import { escapeHtml } from "../../../notebook/escape-html.js";
import { TEMPLATES } from "../project.js";

/** The file name of MathJax beside the pages. */
export const MATHJAX_FILE = "mathjax.js";

const read = (file: string): string => readFileSync(join(TEMPLATES, "schedlab", file), "utf8").trim();

const MATH = `<script>
window.MathJax = { tex: { inlineMath: [["$", "$"], ["\\\\(", "\\\\)"]], processEscapes: true } };
</script>
<script src="${MATHJAX_FILE}" defer></script>
`;

export interface DocumentParts {
  readonly title: string;
  readonly body: string;
  /** Whether formulas have to be set. */
  readonly hasMath: boolean;
  readonly language?: Language;
}

/** Returns the page. Style and script are in it, so that it can be read without the folder around it. */
export function documentHtml({ title, body, hasMath, language = "en" }: DocumentParts): string {
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>
${read("page.css")}
</style>
${hasMath ? MATH : ""}</head>
<body>
${body}
<script>
${read("page.js")}
</script>
</body>
</html>
`;
}
