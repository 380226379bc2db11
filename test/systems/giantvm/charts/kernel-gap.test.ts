import { from } from "arquero";
import { expect, it } from "vitest";
import { kernelGap } from "../../../../src/systems/giantvm/charts/kernel-gap.js";

const row = (nodes: number, sharing: number, gap: number, kernel = "monolithic") => ({
  kernel,
  nodes,
  sharing,
  gap,
});

it("says where the model of the most nodes reaches the measured value", () => {
  // 6.4 is four fifths of the way from 2.4 to 7.4, so at 1 + 0.8 * 3 = 3.4 %.
  const rows = [
    row(2, 0.01, 1),
    row(2, 0.04, 2),
    row(4, 0.01, 2.4),
    row(4, 0.04, 7.4),
    row(4, 0.04, 1, "multikernel"),
  ];
  const figure = kernelGap(from(rows));
  expect(figure.says?.en).toContain("With 4 nodes the model reaches the measured 6.4 × where 3.4 %");
  expect(figure.data).toHaveLength(3);
  expect(figure.data[2].y).toEqual([6.4, 6.4]);
});

it("says how far the model gets where it does not reach it, and refuses no rows", () => {
  const figure = kernelGap(from([row(2, 0.01, 1), row(2, 0.04, 2)]));
  expect(figure.says?.en).toBe(
    "With 2 nodes and 4 % of accesses to kernel data the model is at 2 ×; measured: 6.4 ×.",
  );
  expect(() => kernelGap(from([row(2, 0.01, 1, "multikernel")]))).toThrow(/no row of the monolithic kernel/);
});
