/** Finds what must not be in a committed notebook: outputs, and code that tslab runs wrongly or slowly. */

export interface NotebookCell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly unknown[];
}

export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: {
    readonly kernelspec?: { readonly name?: string };
    /** `picture` is the name of the chart that stands for the notebook on the site's front page. */
    readonly schedlab?: { readonly picture?: unknown };
  };
}

const LINE_RULES: readonly (readonly [RegExp, string])[] = [
  [
    /(?<!\bfor )\bawait\s*\(/,
    "`await (`: only this project's kernel handles it correctly; put the value into a constant",
  ],
  [/^for await\b/, "`for await` at the top level: put the loop into an async function"],
  [/^(for|while|do)\b/, "a loop at the top level runs hundreds of times slower: put it into a function"],
  [/(\bfrom|\bimport|\brequire\()\s*["']plotly/, "plotly runs in a browser only: pass the figure to show()"],
  [/(\bfrom|\bimport|\brequire\()\s*["'](\.\.?\/|.*\/dist\/)/, "import schedlab by its name"],
];

export function sourceOf({ source }: NotebookCell): string {
  return typeof source === "string" ? source : source.join("");
}

/** Returns one sentence per fault of the notebook; code cells are counted from 1. */
export function notebookFaults({ cells, metadata }: Notebook): string[] {
  const faults: string[] = [];
  if (metadata.schedlab && typeof metadata.schedlab.picture !== "string") {
    faults.push("metadata.schedlab names no picture: give the name of a chart");
  }
  if (metadata.kernelspec?.name !== "schedlab") faults.push("the kernel is not schedlab");
  const code = cells.filter((cell) => cell.cell_type === "code");
  if (code.length > 0 && !/\bnotebook\(/.test(sourceOf(code[0]))) {
    faults.push("code cell 1 does not hold the parameters: call notebook() there");
  }
  code.forEach((cell, i) => {
    if ((cell.outputs ?? []).length > 0 || typeof cell.execution_count === "number") {
      faults.push(`code cell ${i + 1} holds outputs: npm run fix removes them`);
    }
    sourceOf(cell)
      .split("\n")
      .forEach((line, at) => {
        for (const [pattern, fault] of LINE_RULES) {
          if (pattern.test(line)) faults.push(`code cell ${i + 1}, line ${at + 1}: ${fault}`);
        }
      });
  });
  return faults;
}

/** Returns the notebook without outputs, execution counts, and what editors add to its metadata. */
export function withoutOutputs(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, execution_count: null, outputs: [], metadata: {} } : cell,
  );
  const kernelspec = { display_name: "TypeScript (schedlab)", language: "typescript", name: "schedlab" };
  const language = { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" };
  const { schedlab } = notebook.metadata;
  const metadata = { kernelspec, language_info: language, ...(schedlab && { schedlab }) };
  return { ...notebook, cells, metadata };
}
