import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { joined, readExecuted } from "../../../../src/tools/jupyter/pages/executed-notebook.js";
import { writePage } from "../../../../src/tools/jupyter/pages/write-page.js";
import { chart, notebook, text } from "./example.js";

it("writes the page, the executed notebook, and copies of the files that they link to", async () => {
  const folder = mkdtempSync(join(tmpdir(), "schedlab-site-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const at = (...path: string[]): string => join(folder, ...path);
  mkdirSync(at("figures"));
  for (const name of ["00-a.svg", "00-a.csv", "99-other.svg"]) writeFileSync(at("figures", name), name);
  const shown = notebook([text("# A"), chart("a")]);
  const html = joined(shown.cells[1].outputs?.[0].data?.["text/html"] ?? "");
  writeFileSync(at("executed.ipynb"), JSON.stringify(shown));
  writeFileSync(at("cells.tmp"), html);

  await writePage({
    name: "00-a",
    site: at("site"),
    source: at("00-a.ipynb"),
    executed: at("executed.ipynb"),
    cells: at("cells.tmp"),
    madeBy: "",
  });
  expect(readdirSync(folder).sort()).toEqual(["executed.ipynb", "figures", "site"]);
  expect(readdirSync(at("site")).sort()).toEqual(["00-a.html", "figures", "notebooks"]);
  expect(readdirSync(at("site", "figures")).sort()).toEqual(["00-a.csv", "00-a.svg"]);
  expect(readFileSync(at("site", "00-a.html"), "utf8")).toContain(' href="figures/00-a.csv"');
  const copy = await readExecuted(at("site", "notebooks", "00-a.ipynb"));
  expect(joined(copy.cells[1].outputs?.[0].data?.["text/html"] ?? "")).toBe(
    html.replaceAll('="figures/', '="../figures/'),
  );
});
