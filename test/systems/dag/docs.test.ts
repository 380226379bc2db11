/** The examples of docs/dag.md print what stands below them. They import the build (`npm run build`). */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const page = readFileSync(new URL("../../../docs/dag.md", import.meta.url), "utf8");
const examples = Array.from(page.matchAll(/```js (\S+)\n([^]*?)```\n\n```text\n([^]*?)```/g));

it("has an example of a graph and one of an own order", () => {
  expect(examples.map(([, name]) => name)).toEqual(["graph.mjs", "own-order.mjs"]);
});

it.each(examples.map(([, name, text, printed]) => ({ name, text, printed })))(
  "$name",
  ({ text, printed }) => {
    const cwd = new URL("../../../", import.meta.url);
    expect(
      execFileSync(process.execPath, ["--input-type=module", "-e", text], { cwd, encoding: "utf8" }),
    ).toBe(printed);
  },
);
