/** Makes the page of a notebook from its cells. */
import type { Language } from "../../../charts/figure.js";
import { escapeHtml } from "../../../notebook/escape-html.js";
import { pointLinks } from "../../../notebook/file-links.js";
import { takeProvenance } from "../../../notebook/provenance-html.js";
import { contentsHtml, withoutAnchors } from "./contents.js";
import { documentHtml } from "./document.js";
import { hasMath, isFailed, titleOf, type ExecutedNotebook } from "./executed-notebook.js";
import { provenanceLine } from "./provenance.js";
import { EMPTY_SEQUENCE } from "./sequence.js";
import { PAGE_WORDS } from "./words.js";

/** Folders of the site, as its pages name them. */
export const FIGURES = "figures";
export const EXECUTED = "notebooks";

export interface PageParts {
  readonly name: string;
  readonly notebook: ExecutedNotebook;
  /** The cells as HTML. */
  readonly cells: string;
  /** The footer. */
  readonly madeBy: string;
  readonly language?: Language;
}

/** Returns the page; its links to the pages before and after it are filled in later. */
export function pageHtml({ name, notebook, cells, madeBy, language = "en" }: PageParts): string {
  const words = PAGE_WORDS[language];
  const title = titleOf(name, notebook, language);
  const { html, found } = takeProvenance(inLanguage(cells, title, language));
  const failed = `<p class="failed">${words.failed}: <a href="#failed">${words.error}</a></p>`;
  const download = `${EXECUTED}/${encodeURIComponent(name)}.ipynb`;
  const body = `<header class="top">
<a class="home" href="index.html">schedlab</a>
${EMPTY_SEQUENCE}
</header>
<div class="page">
<aside class="side">
${contentsHtml(html, words.contents)}
<p class="tools">
<button type="button" class="all-code" data-hide="${words.hideCode}">${words.showCode}</button>
<a href="${download}" download>${words.notebook}</a></p>
</aside>
<main>
${isFailed(notebook) ? failed : ""}
${pointLinks(withoutDeadLinks(withoutAnchors(html)), FIGURES, { isPage: true })}
${provenanceLine(found, words.provenance)}
</main>
</div>
<div class="end">
${EMPTY_SEQUENCE}
${madeBy}
</div>`;
  return documentHtml({ title, body, hasMath: hasMath(notebook), language });
}

/** Returns the cells with their title and what the template writes in this language; prose stays English. */
function inLanguage(cells: string, title: string, language: Language): string {
  if (language === "en") return cells;
  const { code, parameters } = PAGE_WORDS[language];
  return cells
    .replaceAll("<summary>Code</summary>", `<summary>${code}</summary>`)
    .replaceAll("<summary>Parameters</summary>", `<summary>${parameters}</summary>`)
    .replace(/(<h1[^>]*>)[^<]*/, (_, tag: string) => `${tag}${escapeHtml(title)}`);
}

const RELATIVE_LINK = /<a href="([^"#:]+)(#[^":]*)?"[^>]*>([^]*?)<\/a>/g;

/**
 * Returns the HTML with the text alone of links to files beside the notebook, which the site does not have; a
 * link to another notebook leads to its page.
 */
function withoutDeadLinks(html: string): string {
  return html.replace(RELATIVE_LINK, (_, path: string, __, text: string) => {
    if (!/^[^/]+\.ipynb$/.test(path)) return text;
    return `<a href="${path.replace(/ipynb$/, "html")}">${text}</a>`;
  });
}
