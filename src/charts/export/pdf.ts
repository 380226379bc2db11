/**
 * Returns the PDF with its dates set to 1 January 1970, so that the same chart gives the same bytes with the
 * same browser. The length stays the same, so the PDF's table of offsets remains valid.
 */
export function withoutDates(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf).toString("latin1");
  const fixed = text.replaceAll(
    /(\/(?:CreationDate|ModDate) ?\(D:)(\d{14})/g,
    (_, key: string) => `${key}19700101000000`,
  );
  return new Uint8Array(Buffer.from(fixed, "latin1"));
}

/** The fonts of a PDF, found in its uncompressed parts. */
export interface PdfFonts {
  /** The number of fonts whose outlines are in the file. */
  readonly embedded: number;
  /** Names of fonts that contain only the used characters; they have a prefix, as in ABCDEF+Name. */
  readonly subsets: readonly string[];
  readonly type3: number;
  /** The number of font descriptors without outlines. */
  readonly missing: number;
}

/** Returns the fonts of a PDF. It must not pack its objects into streams; Chromium's PDFs do not. */
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
