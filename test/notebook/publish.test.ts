import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import type { Table } from "../../src/charts/figure.js";
import { fileUrl, linkedFiles } from "../../src/notebook/file-links.js";
import { publisher } from "../../src/notebook/publish.js";
import { createDisplay } from "../../src/notebook/show.js";
import { installSink, type MimeBundle } from "../../src/notebook/sink.js";

afterEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for("schedlab.display"));
});

it("shows a table once, with all its rows and in its language, and writes its files", async () => {
  const written: MimeBundle[] = [];
  installSink({ cell: { id: "", count: 1 }, write: (bundle) => void written.push(bundle) });
  const figures = mkdtempSync(join(tmpdir(), "schedlab-publish-"));
  const values = Array.from({ length: 30 }, (_, n) => n);
  const words = { en: "Number", zh: "数" };
  const table: Table = {
    name: "numbers",
    caption: { en: "All of them.", zh: "全部。" },
    columns: [{ name: "n", label: words, unit: "", values }],
  };
  await publisher({ figures, prefix: "07", language: "zh" })(table);
  expect(readdirSync(join(figures, "zh")).sort()).toEqual([
    "07-numbers.csv",
    "07-numbers.json",
    "07-numbers.tex",
  ]);
  expect(written).toHaveLength(1);
  expect((written[0]["text/plain"] as string).split("\n").map((line) => line.trim())).toEqual([
    "数",
    ...values.map(String),
    "全部。",
  ]);
  const html = written[0]["text/html"] as string;
  expect(html.match(/<tr>/g)).toHaveLength(31);
  const files = ["csv", "tex", "json"].map((extension) =>
    fileUrl(join(figures, "zh", `07-numbers.${extension}`)),
  );
  expect(linkedFiles(html)).toEqual(files);
});

it("says only once where numbers are from, again where its cell runs again", async () => {
  const written: MimeBundle[] = [];
  const cell = { id: "a", count: 1 };
  installSink({ cell, write: (bundle) => void written.push(bundle) });
  const words = { en: "Number", zh: "数" };
  const column = { name: "n", label: words, unit: "", values: [1] };
  const table: Table = {
    name: "t",
    caption: words,
    provenance: { en: "Made up.", zh: "虚构。" },
    columns: [column],
  };
  const { show } = createDisplay(() => Promise.resolve(undefined));
  await show(table);
  await show(table);
  cell.count = 2;
  await show(table);
  await show({ ...table, provenance: { en: "Measured.", zh: "实测。" } });
  expect(written.map((bundle) => / hidden /.test(bundle["text/html"] as string))).toEqual([
    false,
    true,
    false,
    false,
  ]);
  expect(written.map((bundle) => (bundle["text/plain"] as string).split("\n").at(-1))).toEqual([
    "Made up.",
    "Number",
    "Made up.",
    "Measured.",
  ]);
});
