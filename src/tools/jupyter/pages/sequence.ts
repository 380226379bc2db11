/** Links each page of the site to the one before it and the one after it. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../../../base/files.js";
import type { Language } from "../../../charts/figure.js";
import { PAGE_WORDS } from "./words.js";

/** Where a page is given its links. They depend on the other pages, also on those of earlier runs. */
export const EMPTY_SEQUENCE = `<nav class="sequence"></nav>`;
const SEQUENCE = /<nav class="sequence">[^]*?<\/nav>/g;

export interface PageTitle {
  readonly name: string;
  /** As HTML. */
  readonly title: string;
}

/** Returns the links of the page with this index. */
export function sequenceHtml(pages: readonly PageTitle[], at: number, language: Language = "en"): string {
  const link = (page: PageTitle | undefined, kind: "prev" | "next"): string => {
    if (page === undefined) return `<span class="${kind}"></span>`;
    const text = kind === "prev" ? `← ${page.title}` : `${page.title} →`;
    return `<a class="${kind}" rel="${kind}" href="${encodeURIComponent(page.name)}.html">${text}</a>`;
  };
  const all = `<a class="all" href="index.html">${PAGE_WORDS[language].all}</a>`;
  const links = [link(at === 0 ? undefined : pages.at(at - 1), "prev"), all, link(pages.at(at + 1), "next")];
  return `<nav class="sequence">${links.join("")}</nav>`;
}

/** Fills in the links on all pages of the folder. */
export async function linkPages(site: string, language?: Language): Promise<void> {
  const isPage = (file: string): boolean => file.endsWith(".html") && file !== "index.html";
  const files = (await readdir(site)).filter(isPage).sort();
  const htmls = await Promise.all(files.map((file) => readFile(join(site, file), "utf8")));
  const pages = files.map((file, i) => {
    const name = file.replace(/\.html$/, "");
    return { name, title: /<title>([^<]*)<\/title>/.exec(htmls[i])?.[1] ?? name };
  });
  for (const [at, file] of files.entries()) {
    const linked = htmls[at].replace(SEQUENCE, () => sequenceHtml(pages, at, language));
    if (linked !== htmls[at]) await writeFileAtomic(join(site, file), linked);
  }
}
