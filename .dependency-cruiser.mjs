/** Which folder of src may import which: arrows go down, never up, never in a circle. See docs/architecture.md. */

/** From the bottom up: a folder imports those before it in this list, never those after it. */
export const LAYERS = [
  "base",
  "metrics",
  "workload",
  "cluster",
  "policies",
  "architectures",
  "simulate",
  "traces",
  "study",
  "charts",
  "notebook",
  "systems",
  "tools",
];

/** Packages that take long to load or need a server or a browser, and the one folder that may import each. */
const HEAVY = {
  "(bullmq|ioredis)": "tools/redis",
  "(puppeteer-core|@sparticuz/chromium)": "charts/export",
};

const inFolders = (names) => `^src/(${names.join("|")})/`;
const goesDown = LAYERS.slice(0, -1).map((layer, i) => ({
  name: `${layer}-knows-nothing-above-it`,
  severity: "error",
  from: { path: inFolders([layer]) },
  to: { path: [inFolders(LAYERS.slice(i + 1)), "^src/index\\.ts$"] },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...goesDown,
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "every-folder-has-a-layer",
      severity: "error",
      from: { path: "^src/", pathNot: [inFolders(LAYERS), "^src/index\\.ts$"] },
      to: {},
    },
    {
      name: "traces-make-workloads-only",
      severity: "error",
      from: { path: "^src/traces/" },
      to: { path: inFolders(["cluster", "policies", "architectures", "simulate"]) },
    },
    {
      name: "the-clock-loop-knows-no-architecture",
      severity: "error",
      from: { path: "^src/simulate/" },
      to: { path: "^src/architectures/" },
    },
    {
      name: "systems-and-tools-are-no-part-of-the-core-api",
      severity: "error",
      from: { path: "^src/index\\.ts$" },
      to: { path: inFolders(["systems", "tools"]) },
    },
    {
      name: "systems-do-not-know-each-other",
      severity: "error",
      from: { path: "^src/systems/([^/]+)/" },
      to: { path: "^src/systems/", pathNot: "^src/systems/$1/" },
    },
    {
      name: "parts-have-one-door",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/traces/google2011/parts/" },
      to: { path: "^src/traces/google2011/parts/", pathNot: "/parts/(source|parts)\\.ts$" },
    },
    ...Object.entries(HEAVY).map(([packages, folder]) => ({
      name: `only-${folder.replace("/", "-")}-loads-${packages.replace(/\W+/g, "-")}`,
      severity: "error",
      from: { path: "^src/", pathNot: `^src/${folder}/` },
      to: { path: `node_modules/${packages}/` },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "node", "default"],
    },
  },
};
