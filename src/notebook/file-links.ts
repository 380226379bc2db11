/**
 * Links from what a notebook shows to the files that it wrote. They are relative to the notebook's folder;
 * the site, which has its own copies, points them elsewhere.
 */
import { extname, relative, sep } from "node:path";
import { escapeHtml } from "./escape-html.js";

/** What readers call the formats; others are called by their extension. */
const FORMATS: Readonly<Record<string, string>> = { tex: "LaTeX" };

/** Returns the URL of a file as seen from the notebook's folder, in which its kernel runs. */
export function fileUrl(path: string): string {
  return relative(process.cwd(), path).split(sep).map(encodeURIComponent).join("/");
}

/** Returns one line with a link to each file, or nothing where there is none. */
export function filesHtml(files: readonly string[]): string {
  if (files.length === 0) return "";
  const links = files.map((path) => {
    const extension = extname(path).slice(1);
    const format = FORMATS[extension] ?? extension.toUpperCase();
    return `<a class="schedlab-file" href="${fileUrl(path)}" download>${escapeHtml(format)}</a>`;
  });
  return `<p class="schedlab-files" style="margin: 0.3em 0; font-size: 90%;">${links.join(" · ")}</p>`;
}

/** Returns a source of a picture for narrow pages. It is without effect until `pointLinks` switches it on. */
export function narrowSource(path: string): string {
  return `<source class="schedlab-file" media="(max-width: ${NARROW}px)" data-srcset="${fileUrl(path)}">`;
}

/** The widest page, in CSS pixels, that shows charts as in a printed column. */
const NARROW = 700;

const TAG = /<(?:a|source) [^>]*class="schedlab-file"[^>]*>/g;
const URL_IN_TAG = / (href|(?:data-)?srcset)="([^"]*)"/;

/** Returns the URLs of all linked files, each once. */
export function linkedFiles(html: string): string[] {
  const urls = Array.from(html.matchAll(TAG), ([tag]) => URL_IN_TAG.exec(tag)?.[2] ?? "");
  return [...new Set(urls)].filter((url) => url !== "");
}

/**
 * Returns the HTML with its links pointed at files of the same names in `folder` ("figures"). With `isPage`
 * narrow pages get their own pictures, too: only a page of the site is sure to find them there, and a picture
 * whose source is missing does not show at all.
 */
export function pointLinks(
  html: string,
  folder: string,
  { isPage = false }: { readonly isPage?: boolean } = {},
): string {
  return html.replace(TAG, (tag) =>
    tag.replace(URL_IN_TAG, (_, attribute: string, url: string) => {
      const name = isPage ? attribute.replace("data-", "") : attribute;
      return ` ${name}="${folder}/${url.replace(/^.*\//, "")}"`;
    }),
  );
}
