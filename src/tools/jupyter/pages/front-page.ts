/** Makes the front page: one figure, and every notebook with its question and its best picture. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../../../base/files.js";
import { pointLinks } from "../../../notebook/file-links.js";
import { cardHtml, cardOf } from "./card.js";
import { documentHtml } from "./document.js";
import { readExecuted, type ExecutedNotebook } from "./executed-notebook.js";
import { FIGURES } from "./page.js";
import { shownFigures } from "./shown-figures.js";

export interface NamedNotebook {
  readonly name: string;
  readonly notebook: ExecutedNotebook;
}

/** The name of the chart that stands above all, in the first notebook. */
const OVERVIEW = "overview";

const LEAD =
  "A lab for cluster scheduling: it replays the trace of a cluster under many policies, and compares how " +
  "busy and how evenly loaded machines are, what latency-critical work suffers, and what migrations cost.";

/** Returns the front page. */
export function frontPageHtml(notebooks: readonly NamedNotebook[], madeBy: string): string {
  const cards = notebooks.map(({ name, notebook }) => cardOf(name, notebook));
  const body = `<div class="front">
<h1>schedlab</h1>
<p class="lead">${LEAD}</p>
${overviewHtml(notebooks.at(0))}
<div class="cards">
${cards.map(cardHtml).join("\n")}
</div>
${madeBy}
</div>`;
  return documentHtml({ title: "schedlab", body, hasMath: cards.some(({ text }) => text.includes("$")) });
}

function overviewHtml(first: NamedNotebook | undefined): string {
  if (!first?.name.startsWith("00")) return "";
  const figures = shownFigures(first.notebook);
  const figure = figures.find(({ name }) => name === OVERVIEW) ?? figures.at(0);
  if (figure === undefined) return "";
  return `<div class="overview">${pointLinks(figure.html, FIGURES, { isPage: true })}</div>`;
}

/** Writes index.html for every executed notebook. */
export async function writeFrontPage({
  executed,
  site,
  madeBy,
}: {
  readonly executed: string;
  readonly site: string;
  /** The footer. */
  readonly madeBy: string;
}): Promise<void> {
  const files = (await readdir(executed)).filter((file) => file.endsWith(".ipynb")).sort();
  const notebooks: NamedNotebook[] = [];
  for (const file of files) {
    notebooks.push({
      name: file.replace(/\.ipynb$/, ""),
      notebook: await readExecuted(join(executed, file)),
    });
  }
  await writeFileAtomic(join(site, "index.html"), frontPageHtml(notebooks, madeBy));
}
