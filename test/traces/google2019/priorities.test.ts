import { expect, it } from "vitest";
import { toTracePriority } from "../../../src/traces/google2019/priorities.js";
import { tierOf } from "../../../src/workload/tier.js";

it("keeps the tiers of the 2019 trace", () => {
  const tiers = [0, 99, 100, 115, 119, 120, 359, 360, 500].map((priority) =>
    tierOf(toTracePriority(priority)),
  );
  expect(tiers).toEqual(["free", "free", "beb", "beb", "beb", "prod", "prod", "prod", "prod"]);
  expect([0, 99, 119, 120, 360].map(toTracePriority)).toEqual([0, 1, 8, 9, 11]);
});
