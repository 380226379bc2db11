import type { ColumnTable } from "arquero";
import { PUBLISHED_KERNEL_GAP } from "../dsm/kernel.js";
import { InputError } from "../../../base/errors.js";
import { writeNumber } from "../../../base/write-numbers.js";
import { lines } from "../../../charts/build/lines.js";
import type { Figure, Text } from "../../../charts/figure.js";
import { giantVmWords } from "./words/words.js";

interface Row {
  readonly kernel: string;
  readonly nodes: number;
  readonly sharing: number;
  readonly gap: number;
}

/**
 * Returns the chart of the table of `compareKernels`: how many times faster the multikernel is, by the share
 * of accesses to kernel data, a line for each number of nodes, and the measured value as a line. Throws
 * InputError for no rows.
 */
export function kernelGap(kernels: ColumnTable): Figure {
  const rows = (kernels.objects() as Row[]).filter(({ kernel }) => kernel === "monolithic");
  if (rows.length === 0)
    throw new InputError("no row of the monolithic kernel to draw: give compareKernels's");
  const counts = [...new Set(rows.map(({ nodes }) => nodes))].sort((a, b) => a - b);
  const shares = [...new Set(rows.map(({ sharing }) => sharing))];
  const { kernel } = giantVmWords.dsm;
  const modelled = rows.map(({ nodes, sharing, gap }) => ({ server: `nodes ${nodes}`, sharing, gap }));
  const measured = shares.map((sharing) => ({ server: "measured", sharing, gap: PUBLISHED_KERNEL_GAP }));
  const figure = lines([...modelled, ...measured], {
    x: "sharing",
    y: "gap",
    color: "server",
    name: "dsm-kernel-gap",
    title: kernel.title,
    caption: kernel.caption,
    labels: {
      sharing: { label: kernel.sharing, unit: "%", scale: 100 },
      gap: { label: kernel.gap, unit: "×" },
      server: kernel.nodes,
    },
    names: {
      ...Object.fromEntries(counts.map((nodes) => [`nodes ${nodes}`, kernel.count(nodes)])),
      measured: kernel.measured(writeNumber(PUBLISHED_KERNEL_GAP)),
    },
    looks: { measured: { mode: "lines", color: "#555555", dash: "dash" } },
    ranges: { sharing: "zero" },
  });
  return { ...figure, says: saysOf(rows, counts[counts.length - 1]) };
}

/** Says at which share the model of the most nodes reaches the measured value; linear between shares. */
function saysOf(rows: readonly Row[], nodes: number): Text {
  const curve = rows.filter((row) => row.nodes === nodes).sort((a, b) => a.sharing - b.sharing);
  const { kernel } = giantVmWords.dsm;
  const after = curve.findIndex(({ gap }) => gap >= PUBLISHED_KERNEL_GAP);
  const last = curve[curve.length - 1];
  const percent = (share: number): string => writeNumber(100 * share, 2);
  const measured = writeNumber(PUBLISHED_KERNEL_GAP);
  if (after <= 0) return kernel.never(nodes, measured, percent(last.sharing), writeNumber(last.gap, 2));
  const [low, high] = [curve[after - 1], curve[after]];
  const part = (PUBLISHED_KERNEL_GAP - low.gap) / (high.gap - low.gap);
  const share = low.sharing + part * (high.sharing - low.sharing);
  return kernel.says(nodes, measured, percent(share));
}
