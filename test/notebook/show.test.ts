import { table } from "arquero";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Figure } from "../../src/charts/figure.js";
import type { StillImage } from "../../src/notebook/bundle.js";
import { linkedFiles } from "../../src/notebook/file-links.js";
import { withProgress } from "../../src/notebook/progress.js";
import { createDisplay } from "../../src/notebook/show.js";
import { installSink, type MimeBundle } from "../../src/notebook/sink.js";

const words = (text: string): { en: string; zh: string } => ({ en: text, zh: `${text}（中文）` });
const figure: Figure = {
  name: "test",
  title: words("Title </script>"),
  caption: words("Caption <b>"),
  data: [{ type: "scatter", x: [1], y: [2], name: "</script>" }],
  layout: {},
  aspect: 0.5,
  table: { name: "test", caption: words("c"), columns: [] },
};
const still: StillImage = { svg: "<svg/>", png: Uint8Array.of(1, 2, 3) };
const drawn = (): Promise<StillImage | undefined> => Promise.resolve(still);
const undrawn = (): Promise<StillImage | undefined> => Promise.resolve(undefined);

interface Written {
  readonly bundle: MimeBundle;
  readonly id: string | undefined;
}

/** Replaces the kernel until the test ends. */
function listen(behind?: (work: Promise<void>) => void): Written[] {
  const written: Written[] = [];
  const cell = { id: "", count: 1 };
  installSink({ cell, write: (bundle, id) => void written.push({ bundle, id }), ...(behind && { behind }) });
  return written;
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for("schedlab.display"));
  vi.restoreAllMocks();
});

describe("show in a notebook", () => {
  it("shows a chart at once, then again in its place with image and text", async () => {
    const written = listen();
    const { show } = createDisplay(() => {
      expect(written).toHaveLength(1);
      return drawn();
    });
    await show(figure, { language: "zh" });
    expect(written.map(({ id }) => id)).toEqual([written[0].id, written[0].id]);
    expect(written[0].bundle["text/html"]).toContain("data-live");
    expect(written[0].bundle["text/html"]).not.toContain("<img");
    const { bundle } = written[1];
    expect(bundle["image/png"]).toBe("AQID");
    expect(bundle["text/plain"]).toBe("Title </script>（中文）\nCaption <b>（中文）");
    const html = bundle["text/html"] as string;
    expect(html).toContain(`data:image/svg+xml;base64,${Buffer.from(still.svg).toString("base64")}`);
    expect(html).toContain("Caption &#60;b&#62;（中文）");
    // Only the end tag of the script itself may occur.
    expect(html.match(/<\/script>/g)).toHaveLength(1);
  });

  it("writes a chart's files behind the cell, and links them below the chart", async () => {
    const left: Promise<void>[] = [];
    const written = listen((work) => void left.push(work));
    const { showAndWrite } = createDisplay(drawn);
    let finish = (): void => undefined;
    const isWritten = new Promise<void>((resolve) => {
      finish = resolve;
    });
    await showAndWrite({ ...figure, says: words("A < B.") }, {}, async () => {
      await isWritten;
      return { files: ["figures/00-test.svg", "figures/00-test.csv"], note: "no PDF" };
    });
    expect(written).toHaveLength(1);
    expect(linkedFiles(written[0].bundle["text/html"] as string)).toEqual([]);
    finish();
    await Promise.all(left);
    const html = written[1].bundle["text/html"] as string;
    expect(html).toMatch(
      /<p class="schedlab-says"[^>]*>A &#60; B\.<\/p>.*<figcaption.*no PDF.*href="figures\/00-test\.csv"/,
    );
    expect(written[1].bundle["text/plain"]).toBe("Title </script>\nA < B.\nCaption <b>\nno PDF");
    // A narrow page shows the file that is as wide as a column.
    expect(html).toContain(' data-srcset="figures/00-test.svg"');
  });

  it("says below a chart why its files could not be written, and fails", async () => {
    const written = listen();
    const failing = (): Promise<never> => Promise.reject(new Error("the disk is full"));
    await expect(createDisplay(drawn).showAndWrite(figure, {}, failing)).rejects.toThrow("the disk is full");
    expect(written[1].bundle["text/html"]).toContain("the disk is full");
  });

  it("shows the image of a chart with several panels in a box that scrolls", async () => {
    const written = listen();
    await createDisplay(drawn).show({ ...figure, width: "page" }, { live: false });
    expect(written[0].bundle["text/html"]).not.toContain("srcset");
    expect(written[0].bundle["text/html"]).toContain("min-width: 640px");
  });

  it("writes numbers of live charts as exactly as they can be seen", async () => {
    const written = listen();
    const data = [{ x: [1 / 3, 123456789, 1e-9 / 3], y: ["0.3333333333"] }];
    await createDisplay(undrawn).show({ ...figure, data });
    const html = written[0].bundle["text/html"] as string;
    expect(html).toContain('"x":[0.333333,123456789,3.33333e-10],"y":["0.3333333333"]');
  });

  it("shows a chart in plotly's own format as its own charts", async () => {
    const written = listen();
    await createDisplay(drawn).show({ data: [{ y: [1, 2] }], layout: { title: { text: "Mine" } } });
    expect(written[1].bundle["text/plain"]).toBe("Mine");
    expect(written[1].bundle["text/html"]).toContain('<img alt="Mine"');
    expect(written[1].bundle["text/html"]).toContain("Noto Sans SC");
  });

  it("shows prose as paragraphs on request", async () => {
    const written = listen();
    const { show } = createDisplay(undrawn);
    await show(["a < b.", "c."], { prose: true });
    await show("d.", { prose: true });
    await show({ e: 1 }, { prose: true });
    expect(written.map(({ bundle }) => bundle)).toEqual([
      {
        "text/html": '<div class="schedlab-prose"><p>a &#60; b.</p><p>c.</p></div>',
        "text/plain": "a < b.\n\nc.",
      },
      { "text/html": '<div class="schedlab-prose"><p>d.</p></div>', "text/plain": "d." },
      { "text/plain": "{ e: 1 }" },
    ]);
  });

  it("shows the image alone on request, the live chart alone without a browser", async () => {
    const written = listen();
    await createDisplay(drawn).show(figure, { live: false });
    expect(written).toHaveLength(1);
    expect(written[0].bundle["text/html"]).not.toContain("<script");
    await createDisplay(undrawn).show(figure);
    expect(written[2].bundle["text/html"]).not.toContain("<img");
    expect(written[2].bundle).not.toHaveProperty("image/png");
  });

  it("gives two equal charts different ids", async () => {
    const written = listen();
    const { show } = createDisplay(undrawn);
    await show(figure);
    await show(figure);
    const ids = written.map(({ bundle }) => /id="([^"]+)"/.exec(bundle["text/html"] as string)?.[1]);
    expect(new Set(ids).size).toBe(2);
  });

  it("shows tables as HTML and other values as the console does", async () => {
    const written = listen();
    const { show } = createDisplay(undrawn);
    await show(table({ a: [1] }));
    await show({ a: [1, { b: 2 }] });
    await show("plain");
    await show("line\n".repeat(99));
    expect(Object.keys(written[0].bundle)).toEqual(["text/html", "text/plain"]);
    expect(written.slice(1).map(({ bundle }) => bundle)).toEqual([
      { "text/plain": "{ a: [ 1, { b: 2 } ] }" },
      { "text/plain": "plain" },
      { "text/plain": "line\n".repeat(99) },
    ]);
  });
});

it("outside a notebook, writes text and starts no browser", async () => {
  const lines: unknown[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(text) > 0);
  const draw = vi.fn(drawn);
  const { show } = createDisplay(draw);
  await show(figure);
  await show(table({ a: [1] }));
  expect(lines).toEqual(["Title </script>\nCaption <b>\n", "a\n1\n"]);
  expect(draw).not.toHaveBeenCalled();
});

describe("withProgress", () => {
  it("shows one bar per phase, in place, and leaves its last state as text", async () => {
    const written = listen();
    const result = await withProgress((tell) => {
      for (const done of [1, 2, 3]) tell({ phase: "read", done, total: 3, unit: "files" });
      tell({ phase: "sort", done: 10, unit: "<rows>" });
      return "done";
    });
    expect(result).toBe("done");
    const [first, , second] = [...new Set(written.map(({ id }) => id)), undefined];
    expect(new Set(written.map(({ id }) => id)).size).toBe(2);
    expect(first).not.toBe(second);
    expect(written[0].bundle["text/html"]).toContain('<progress max="3" value="1">');
    const texts = written.map(({ bundle }) => bundle["text/plain"]);
    expect(texts).toContain("read: 3 files (100 %)");
    expect(texts.at(-1)).toBe("sort: 10 <rows>");
    expect(written.at(-1)?.bundle["text/html"]).toBe(
      '<small class="schedlab-progress">sort: 10 &#60;rows&#62;</small>',
    );
  });

  it("keeps the last state where the work failed, and works without a notebook", async () => {
    const written = listen();
    const failing = withProgress((tell) => {
      tell({ phase: "read", done: 1, total: 4, unit: "files" });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(written.at(-1)?.bundle["text/plain"]).toBe("read: 1 files (25 %)");
    Reflect.deleteProperty(globalThis, Symbol.for("schedlab.display"));
    expect(await withProgress(() => 3)).toBe(3);
  });
});
