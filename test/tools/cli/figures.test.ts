import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { addFigures } from "../../../src/tools/cli/commands/figures.js";
import { exportFigure } from "../../../src/charts/export/figure-files.js";
import { createRenderer } from "../../../src/charts/export/renderer.js";
import { FIGURES } from "../../charts/every-figure.js";

async function figures(...argv: string[]): Promise<string> {
  const stdout = new PassThrough();
  const program = new Command().exitOverride();
  addFigures(program, { stdout, stderr: new PassThrough() });
  await program.parseAsync(["figures", ...argv], { from: "user" });
  return String(stdout.read() ?? "");
}

describe("schedlab figures", () => {
  it("redraws every chart below a folder, and ignores other JSON files", async () => {
    const folder = await mkdtemp(join(tmpdir(), "schedlab-figures-"));
    const path = join(folder, "deep", "trade-off");
    const figure = FIGURES.find(({ name }) => name.startsWith("trade-off"))!;
    await exportFigure(figure, path, { renderer: createRenderer({ browser: "none" }) });
    await writeFile(join(folder, "manifest.json"), "{}");
    await writeFile(`${path}.csv`, "lost");
    expect(await figures(folder, "--language", "zh")).toMatch(/^\S+trade-off(: no Chromium[^\n]*)?\n$/);
    expect(await readFile(`${path}.csv`, "utf8")).toMatch(/^policy,/);
    expect(await readFile(`${path}.json`, "utf8")).toContain('"language": "zh"');
  });

  it("names the folder where it found none", async () => {
    const folder = await mkdtemp(join(tmpdir(), "schedlab-figures-"));
    await expect(figures(folder)).rejects.toThrow(`no exported charts in ${folder}: export one`);
    await expect(figures(join(folder, "gone"))).rejects.toThrow("cannot read");
  });
});
