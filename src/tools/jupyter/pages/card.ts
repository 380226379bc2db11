/** Makes the entry of a notebook on the front page: its title, its question and its best picture. */
import type { Language } from "../../../charts/figure.js";
import { escapeHtml } from "../../../notebook/escape-html.js";
import { isFailed, plain, proseOf, titleOf, type ExecutedNotebook } from "./executed-notebook.js";
import { FIGURES } from "./page.js";
import { shownFigures } from "./shown-figures.js";
import type { PageWords } from "./words.js";

export interface Card {
  readonly name: string;
  readonly title: string;
  /** The question, or the first paragraph. */
  readonly text: string;
  /** URL of the picture; absent where the notebook has no chart, or none could be drawn. */
  readonly picture?: string;
  readonly isFailed: boolean;
}

/** Returns the entry of an executed notebook. */
export function cardOf(name: string, notebook: ExecutedNotebook, language: Language = "en"): Card {
  const paragraphs = proseOf(notebook).split(/\n\s*\n/);
  const first = paragraphs.find((text) => text.trim() !== "" && !/^\s*(#|>|\||!\[|[-*] |\$\$)/.test(text));
  const picture = pictureOf(notebook);
  return {
    name,
    title: titleOf(name, notebook, language),
    text: plain(first ?? "")
      .trim()
      .replace(/^Question\. /, ""),
    isFailed: isFailed(notebook),
    ...(picture !== undefined && { picture }),
  };
}

/** Returns the picture that the notebook names, else its first: the exported file, or the image itself. */
function pictureOf(notebook: ExecutedNotebook): string | undefined {
  const figures = shownFigures(notebook).filter(({ png }) => png !== undefined);
  const chosen = figures.find(({ name }) => name === notebook.metadata.schedlab?.picture) ?? figures.at(0);
  const file = chosen?.files.find((name) => name.endsWith(".svg"));
  if (file !== undefined) return `${FIGURES}/${file}`;
  return chosen?.png && `data:image/png;base64,${chosen.png}`;
}

export function cardHtml({ name, title, text, picture, isFailed }: Card, words: PageWords): string {
  const image = picture === undefined ? "" : `<img alt="" src="${picture}" loading="lazy">`;
  const failed = isFailed ? `<p class="failed">${words.failed}.</p>` : "";
  return `<a class="card" href="${encodeURIComponent(name)}.html">
<div class="picture">${image}</div>
<h2>${escapeHtml(title)}</h2>
<p>${escapeHtml(text)}</p>${failed}
</a>`;
}
