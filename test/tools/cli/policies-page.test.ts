import { readFile } from "node:fs/promises";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { policiesPage, policySection } from "../../../src/tools/cli/policies-page.js";
import { run } from "../../../src/tools/cli/run.js";
import { POLICIES } from "../../../src/policies/index.js";
import { definePolicy } from "../../../src/policies/policy.js";
import { captureStreams } from "./capture.js";

const madeUp = definePolicy({
  name: "made-up",
  rule: "Does as it is told.",
  family: "steal time",
  source: "nobody",
  fidelity: "adapted",
  deviations: ["LC tasks stay", "so does the rest"],
  parameters: {
    mark: { default: 0.5, unit: "load", description: "where it begins", min: 0, max: 1 },
    tasks: { default: 10, unit: "", description: "how many", min: 1, integer: true },
  },
  create: () => ({}),
});

const SECTION = `### made-up

Does as it is told.

Source (adapted): nobody.

Where it departs from it:

- LC tasks stay
- so does the rest

| parameter | default | unit | range             | meaning         |
| --------- | ------- | ---- | ----------------- | --------------- |
| \`mark\`    | 0.5     | load | 0 to 1            | where it begins |
| \`tasks\`   | 10      |      | whole, at least 1 | how many        |
`;

describe("docs/policies.md", () => {
  it("equals the output of the code; otherwise run npm run readme", async () => {
    const committed = await readFile(new URL("../../../docs/policies.md", import.meta.url), "utf8");
    const { streams, stdout } = captureStreams();
    expect(await run(["policies", "--markdown"], streams)).toBe(0);
    expect(stdout()).toBe(committed);
  });

  it("links to a heading for every family and policy, and to no other", () => {
    const page = policiesPage(POLICIES);
    const anchors = Array.from(page.matchAll(/^##+ (.*)$/gm), ([, heading]) =>
      heading.toLowerCase().replaceAll(" ", "-"),
    );
    expect(new Set(anchors).size).toBe(anchors.length);
    const links = Array.from(page.matchAll(/\]\(#(.*?)\)/g), ([, anchor]) => anchor);
    expect(links.sort()).toEqual(anchors.sort());
    expect(anchors.length).toBeGreaterThan(POLICIES.length);
  });
});

describe("policiesPage", () => {
  it("has contents by family, and one section per policy", () => {
    const page = policiesPage([madeUp]);
    expect(page).toContain("\n- [Steal time family](#steal-time-family): [made-up](#made-up)\n");
    expect(page.endsWith(`\n## Steal time family\n\n${SECTION}`)).toBe(true);
  });

  it("leaves out what a policy does not have", () => {
    expect(policySection({ ...madeUp, deviations: [], parameters: {} })).toBe(
      "### made-up\n\nDoes as it is told.\n\nSource (adapted): nobody.\n",
    );
  });

  it("is formatted like Prettier's output", async () => {
    expect(await format(policiesPage(POLICIES), { parser: "markdown", printWidth: 110 })).toBe(
      policiesPage(POLICIES),
    );
  });
});
