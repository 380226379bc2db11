/** Minimization without derivatives. */

export interface MinimizeOptions {
  /** How far the first corners are from the start, in each direction. */
  readonly step: number;
  readonly evaluations: number;
  /** The search ends where the values of all corners are this close, relative to the least. Default 1e-6. */
  readonly tolerance?: number;
}

export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
}

/**
 * Returns the least value that Nelder and Mead's simplex search finds (The Computer Journal 7, 1965), with
 * their coefficients: reflection 1, expansion 2, contraction and shrinking 1/2. Places that are not allowed
 * have the value Infinity.
 */
export function minimize(
  f: (x: Float64Array) => number,
  start: Float64Array,
  { step, evaluations, tolerance = 1e-6 }: MinimizeOptions,
): Minimum {
  const n = start.length;
  const corner = (at: Float64Array): Minimum => ({ at, value: f(at) });
  const corners = [corner(start.slice())];
  for (let i = 0; i < n; i++) {
    const at = start.slice();
    // Down, because the largest allowed place is often near.
    at[i] -= step / (i + 1);
    corners.push(corner(at));
  }
  for (let used = n + 1; used < evaluations;) {
    corners.sort((a, b) => a.value - b.value);
    const worst = corners[n];
    if (worst.value - corners[0].value <= tolerance * Math.abs(corners[0].value)) break;
    const center = centerOf(corners.slice(0, n));
    const along = (by: number): Minimum => {
      used++;
      return corner(center.map((x, i) => x + by * (x - worst.at[i])));
    };
    const reflected = along(1);
    if (reflected.value < corners[0].value) {
      const expanded = along(2);
      corners[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < corners[n - 1].value) {
      corners[n] = reflected;
    } else {
      const contracted = along(reflected.value < worst.value ? 0.5 : -0.5);
      if (contracted.value < Math.min(worst.value, reflected.value)) corners[n] = contracted;
      else {
        const [best] = corners;
        for (let k = 1; k <= n; k++) corners[k] = corner(centerOf([best, corners[k]]));
        used += n;
      }
    }
  }
  return corners.reduce((best, other) => (other.value < best.value ? other : best));
}

function centerOf(corners: readonly Minimum[]): Float64Array {
  return corners[0].at.map((_, i) => corners.reduce((sum, { at }) => sum + at[i], 0) / corners.length);
}
