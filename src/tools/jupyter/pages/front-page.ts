/** Makes the front page: one figure, and every notebook with its question and its best picture. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../../../base/files.js";
import type { Language } from "../../../charts/figure.js";
import { pointLinks } from "../../../notebook/file-links.js";
import { takeProvenance } from "../../../notebook/provenance-html.js";
import { cardHtml, cardOf } from "./card.js";
import { documentHtml } from "./document.js";
import { readExecuted, type ExecutedNotebook } from "./executed-notebook.js";
import { FIGURES } from "./page.js";
import { provenanceLine } from "./provenance.js";
import { shownFigures } from "./shown-figures.js";
import { PAGE_WORDS, type PageWords } from "./words.js";

export interface NamedNotebook {
  readonly name: string;
  readonly notebook: ExecutedNotebook;
}

/** The name of the chart that stands above all, in the first notebook. */
const OVERVIEW = "overview";

/** Returns the front page. */
export function frontPageHtml(
  notebooks: readonly NamedNotebook[],
  madeBy: string,
  language: Language = "en",
): string {
  const words = PAGE_WORDS[language];
  const cards = notebooks.map(({ name, notebook }) => cardOf(name, notebook, language));
  const body = `<div class="front">
<h1>schedlab</h1>
<p class="lead">${words.lead}</p>
${overviewHtml(notebooks.at(0), words)}
<div class="cards">
${cards.map((card) => cardHtml(card, words)).join("\n")}
</div>
${madeBy}
</div>`;
  return documentHtml({
    title: "schedlab",
    body,
    hasMath: cards.some(({ text }) => text.includes("$")),
    language,
  });
}

function overviewHtml(first: NamedNotebook | undefined, words: PageWords): string {
  if (!first?.name.startsWith("00")) return "";
  const figures = shownFigures(first.notebook);
  const figure = figures.find(({ name }) => name === OVERVIEW) ?? figures.at(0);
  if (figure === undefined) return "";
  const { html, found } = takeProvenance(figure.html);
  const line = provenanceLine(found, words.provenance);
  return `<div class="overview">${pointLinks(html, FIGURES, { isPage: true })}${line}</div>`;
}

/** Writes index.html for every executed notebook. */
export async function writeFrontPage({
  executed,
  site,
  madeBy,
  language,
}: {
  readonly executed: string;
  readonly site: string;
  /** The footer. */
  readonly madeBy: string;
  readonly language?: Language;
}): Promise<void> {
  const files = (await readdir(executed)).filter((file) => file.endsWith(".ipynb")).sort();
  const notebooks: NamedNotebook[] = [];
  for (const file of files) {
    notebooks.push({
      name: file.replace(/\.ipynb$/, ""),
      notebook: await readExecuted(join(executed, file)),
    });
  }
  await writeFileAtomic(join(site, "index.html"), frontPageHtml(notebooks, madeBy, language));
}
