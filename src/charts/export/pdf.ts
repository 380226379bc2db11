/**
 * Returns the PDF with the dates of its making set to 1 January 1970, so that the same figure gives the same
 * bytes from one browser. Lengths stay, hence the table of offsets as well.
 */
export function withoutDates(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf).toString("latin1");
  const fixed = text.replaceAll(
    /(\/(?:CreationDate|ModDate) ?\(D:)(\d{14})/g,
    (_, key: string) => `${key}19700101000000`,
  );
  return new Uint8Array(Buffer.from(fixed, "latin1"));
}

/** What a PDF says about its fonts, found in its uncompressed parts. */
export interface PdfFonts {
  /** Fonts with their outlines in the file. */
  readonly embedded: number;
  /** Names of fonts cut down to the characters used: they have a tag, ABCDEF+Name. */
  readonly subsets: readonly string[];
  readonly type3: number;
  /** Font descriptors without outlines. */
  readonly missing: number;
}

/**
 * Returns what the PDF says about its fonts; for PDFs whose objects are not packed into streams, as
 * Chromium's.
 */
export function inspectFonts(pdf: Uint8Array): PdfFonts {
  const text = Buffer.from(pdf).toString("latin1");
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const embedded = count(/\/FontFile[23]?\b/g);
  const subsets = [...text.matchAll(/\/FontName\s*\/([A-Z]{6}\+[^\s/>]+)/g)].map(([, name]) => name);
  return {
    embedded,
    subsets: subsets.sort(),
    type3: count(/\/Subtype\s*\/Type3\b/g),
    missing: count(/\/Type\s*\/FontDescriptor\b/g) - embedded,
  };
}
