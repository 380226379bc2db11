/** The policies as a page of Markdown, for docs/policies.md. */
import { describeRange, type Parameters } from "../../base/parameters.js";
import type { BuiltInPolicy } from "../../policies/policy.js";

const HEAD = `# Policies

Every built-in policy by family, as the code defines it: its rule, its source, how closely it follows the
source (faithful, adapted or inspired by), its deviations and its parameters. The guards of the engine
(budget, cooldown, admissions) apply to all policies; \`schedlab policies\` lists them with the model.
\`npm run readme\` makes this page from \`schedlab policies --markdown\`: change the code, not the page.
`;

/**
 * Returns the page: a table of contents by family, then one section per policy. Families and policies keep
 * the order of the list. The text is formatted as Prettier would format it.
 */
export function policiesPage(policies: readonly BuiltInPolicy[]): string {
  const families = Array.from(new Set(policies.map(({ family }) => family)));
  const contents = families.map((family) => {
    const links = policies.filter((policy) => policy.family === family).map(({ name }) => link(name));
    return `- ${link(familyTitle(family))}: ${links.join(", ")}\n`;
  });
  const chapters = families.map((family) => {
    const sections = policies.filter((policy) => policy.family === family).map(policySection);
    return [`## ${familyTitle(family)}\n`, ...sections].join("\n");
  });
  return [HEAD, contents.join(""), ...chapters].join("\n");
}

/** Returns the section of one policy: rule, source, deviations and parameters. */
export function policySection(policy: BuiltInPolicy): string {
  const { name, rule, source, fidelity, deviations, parameters } = policy;
  const parts = [`### ${name}\n`, `${rule}\n`, `Source (${fidelity}): ${source}.\n`];
  if (deviations.length > 0) {
    parts.push("Where it departs from it:\n", deviations.map((text) => `- ${text}\n`).join(""));
  }
  if (Object.keys(parameters).length > 0) parts.push(parameterTable(parameters));
  return parts.join("\n");
}

function familyTitle(family: string): string {
  return `${family[0].toUpperCase()}${family.slice(1)} family`;
}

/** Returns a link to a heading of the page, with GitHub's anchor. */
function link(heading: string): string {
  return `[${heading}](#${heading.toLowerCase().replaceAll(" ", "-")})`;
}

function parameterTable(parameters: Parameters): string {
  const rows = Object.entries(parameters).map(([key, parameter]) => [
    `\`${key}\``,
    String(parameter.default),
    parameter.unit,
    describeRange(parameter),
    parameter.description,
  ]);
  const cells = [["parameter", "default", "unit", "range", "meaning"], ...rows];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, column) => text.padEnd(widths[column])).join(" | ")} |\n`;
  return [line(cells[0]), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("");
}
