/** Makes the site's index: every notebook with its title, first paragraph and first picture. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { escapeHtml } from "../../notebook/escape-html.js";

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly outputs?: readonly {
    readonly output_type: string;
    readonly data?: Readonly<Record<string, string | readonly string[]>>;
  }[];
}

export interface Card {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  /** PNG in base64; absent where the notebook has no chart, or none could be drawn. */
  readonly picture?: string;
  readonly isFailed: boolean;
}

const joined = (text: string | readonly string[]): string =>
  typeof text === "string" ? text : text.join("");

/** Returns the index entry of an executed notebook. */
export function cardOf(name: string, cells: readonly Cell[]): Card {
  const prose = cells
    .filter((cell) => cell.cell_type === "markdown")
    .map((cell) => joined(cell.source))
    .join("\n\n");
  const title = /^#\s+(.+)$/m.exec(prose)?.[1] ?? name;
  const paragraphs = prose.split(/\n\s*\n/).map((text) => text.trim());
  const text =
    paragraphs.find((paragraph) => paragraph !== "" && !/^(#|>|\||!\[|[-*] |\$\$)/.test(paragraph)) ?? "";
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  const picture = outputs.map((output) => output.data?.["image/png"]).find((png) => png !== undefined);
  const isFailed = outputs.some((output) => output.output_type === "error");
  return {
    name,
    title,
    text: plain(text),
    isFailed,
    ...(picture === undefined ? {} : { picture: joined(picture) }),
  };
}

/** Removes Markdown's markup from a sentence. */
function plain(text: string): string {
  return text
    .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replace(/\*\*|`/g, "")
    .replace(/\s+/g, " ");
}

function cardHtml({ name, title, text, picture, isFailed }: Card): string {
  const image =
    picture === undefined ? "" : `<img alt="" src="data:image/png;base64,${picture.replace(/\s/g, "")}">`;
  const failed = isFailed ? `<p class="failed">A cell of this notebook failed.</p>` : "";
  return `<a class="card" href="${encodeURIComponent(name)}.html">
  <div class="picture">${image}</div>
  <h2>${escapeHtml(title)}</h2>
  <p>${escapeHtml(text)}</p>${failed}
</a>`;
}

/** The file name of MathJax beside the pages. */
export const MATHJAX_FILE = "mathjax.js";

const STYLE = `
body { margin: 2em auto; max-width: 72em; padding: 0 1em; font: 16px/1.5 system-ui, sans-serif; color: #222; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(20em, 1fr)); gap: 1.5em; }
.card { display: block; border: 1px solid #ccc; border-radius: 6px; padding: 1em; }
.card { color: inherit; text-decoration: none; }
.card:hover { border-color: #0072b2; }
.picture { height: 11em; display: flex; align-items: center; justify-content: center; }
.picture img { max-width: 100%; max-height: 100%; }
h2 { font-size: 1.1em; margin: 0.5em 0; }
.card p { margin: 0; font-size: 0.9em; }
.failed { color: #b00020; }`;

/** Writes index.html for every executed notebook. */
export async function writeSiteIndex({
  executed,
  site,
}: {
  readonly executed: string;
  readonly site: string;
}): Promise<void> {
  const files = (await readdir(executed)).filter((file) => file.endsWith(".ipynb")).sort();
  const cards: Card[] = [];
  for (const file of files) {
    const { cells } = JSON.parse(await readFile(join(executed, file), "utf8")) as { cells: readonly Cell[] };
    cards.push(cardOf(file.replace(/\.ipynb$/, ""), cells));
  }
  await writeFile(
    join(site, "index.html"),
    `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>schedlab</title>
<style>${STYLE}
</style>
<script>window.MathJax = { tex: { inlineMath: [["$", "$"]] } };</script>
<script src="${MATHJAX_FILE}" defer></script>
</head>
<body>
<h1>schedlab</h1>
<p>Cluster scheduling, replayed: every experiment as a page with its code, text and live charts.</p>
<div class="cards">
${cards.map(cardHtml).join("\n")}
</div>
</body>
</html>
`,
  );
}
