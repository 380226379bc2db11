import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest, in this order; the workers end at about the same time if they begin with them. */
const SLOWEST = [
  "notebooks/notebooks",
  "readme/commands",
  "tools/cli/sweep-redis",
  "notebooks/lab",
  "systems/traffic/optimum-reference",
  "robustness/kill-sweep",
  "tools/cli/sweep",
  "readme/examples",
  "traces/cases",
  "traces/synthetic/generate",
  "robustness/",
  "systems/architectures/sparrow-scale",
  "study/experiment",
  "readme/figures",
  "charts/place-labels",
  "tools/kernel/kernel",
  "simulate/order",
  "notebooks/papermill",
  "traces/google2011/convert",
];

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = SLOWEST.findIndex((name) => moduleId.includes(`/test/${name}`));
      return found < 0 ? SLOWEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Its default leaves one core idle.
    maxWorkers: "100%",
    isolate: false,
    sequence: { sequencer: SlowestFirst },
    env: { TZ: "UTC", SCHEDLAB_CACHE: "off" },
  },
});
