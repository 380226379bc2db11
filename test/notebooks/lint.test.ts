import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { notebookFaults, type Notebook } from "../../src/tools/jupyter/notebook-faults.js";
import { isOwnNotebook, NOTEBOOKS } from "../../src/tools/jupyter/project.js";

describe("every committed notebook", () => {
  const names = readdirSync(NOTEBOOKS).filter(isOwnNotebook);

  it("is there", () => {
    expect(names).toEqual(expect.arrayContaining(["00-quickstart.ipynb", "explore.ipynb"]));
  });

  it.each(names)("%s has no outputs, its parameters first, and nothing that tslab runs wrongly", (name) => {
    const notebook = JSON.parse(readFileSync(join(NOTEBOOKS, name), "utf8")) as Notebook;
    expect(notebookFaults(notebook)).toEqual([]);
  });
});
