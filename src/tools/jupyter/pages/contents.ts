/** Makes the list of contents of a page from its headings. */

const HEADING = /<h([23]) id="([^"]+)">([^]*?)<\/h\1>/g;
/** The mark with which nbconvert ends a heading. */
const ANCHOR = /<a class="anchor-link"[^>]*>[^<]*<\/a>/g;

/** Returns the list, or nothing without headings. It is closed: a script opens it on wide pages. */
export function contentsHtml(body: string, title: string): string {
  const items = Array.from(body.matchAll(HEADING), ([, level, id, text]) => {
    return `<li class="level-${level}"><a href="#${id}">${text.replace(ANCHOR, "")}</a></li>`;
  });
  if (items.length === 0) return "";
  return `<details class="contents"><summary>${title}</summary><ol>\n${items.join("\n")}\n</ol></details>`;
}

export function withoutAnchors(body: string): string {
  return body.replace(ANCHOR, "");
}
