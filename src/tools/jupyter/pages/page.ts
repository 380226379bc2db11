/** Makes the page of a notebook from its cells. */
import { pointLinks } from "../../../notebook/file-links.js";
import { contentsHtml, withoutAnchors } from "./contents.js";
import { documentHtml } from "./document.js";
import { hasMath, isFailed, titleOf, type ExecutedNotebook } from "./executed-notebook.js";
import { EMPTY_SEQUENCE } from "./sequence.js";

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
}

/** Returns the page; its links to the pages before and after it are filled in later. */
export function pageHtml({ name, notebook, cells, madeBy }: PageParts): string {
  const failed = `<p class="failed">A cell of this notebook failed: <a href="#failed">the error</a></p>`;
  const download = `${EXECUTED}/${encodeURIComponent(name)}.ipynb`;
  const body = `<header class="top">
<a class="home" href="index.html">schedlab</a>
${EMPTY_SEQUENCE}
</header>
<div class="page">
<aside class="side">
${contentsHtml(cells)}
<p class="tools"><button type="button" class="all-code">Show all code</button>
<a href="${download}" download>Notebook</a></p>
</aside>
<main>
${isFailed(notebook) ? failed : ""}
${pointLinks(withoutDeadLinks(withoutAnchors(cells)), FIGURES, { isPage: true })}
</main>
</div>
<div class="end">
${EMPTY_SEQUENCE}
${madeBy}
</div>`;
  return documentHtml({ title: titleOf(name, notebook), body, hasMath: hasMath(notebook) });
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
