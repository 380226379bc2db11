/** Published tables of flow sizes: facts of the papers' figures, as simulators use them. */

/** Rows of (bytes, share of flows of at most this size). */
type SizeTable = readonly (readonly [bytes: number, share: number])[];

interface PublishedSizes {
  readonly source: string;
  readonly table: SizeTable;
}

/** The published distributions by name. */
export const PUBLISHED_SIZES = {
  "web-search": {
    source: "Alizadeh et al., Data Center TCP (DCTCP), SIGCOMM 2010, figure 4, as in the simulations of PIAS",
    table: [
      ...([
        [0, 0],
        [1e4, 0.15],
        [2e4, 0.2],
        [3e4, 0.3],
        [5e4, 0.4],
        [8e4, 0.53],
        [2e5, 0.6],
      ] as const),
      ...([
        [1e6, 0.7],
        [2e6, 0.8],
        [5e6, 0.9],
        [1e7, 0.97],
        [3e7, 1],
      ] as const),
    ],
  },
  "data-mining": {
    source:
      "Greenberg et al., VL2: A Scalable and Flexible Data Center Network, SIGCOMM 2009, figure 2, as in " +
      "the simulations of PIAS",
    table: [
      ...([
        [0, 0],
        [180, 0.1],
        [216, 0.2],
        [560, 0.3],
        [900, 0.4],
        [1100, 0.5],
        [1870, 0.6],
      ] as const),
      ...([
        [3160, 0.7],
        [1e4, 0.8],
        [4e5, 0.9],
        [3.16e6, 0.95],
        [1e8, 0.98],
        [1e9, 1],
      ] as const),
    ],
  },
  "key-value": {
    source:
      "after Facebook's key-value store (Atikoglu et al., SIGMETRICS 2012), in the form that public " +
      "simulators of data centers share",
    table: [
      ...([
        [0, 0],
        [3, 0.28],
        [10, 0.32],
        [12, 0.44],
        [75, 0.5],
        [250, 0.75],
        [350, 0.9],
      ] as const),
      ...([
        [1000, 0.965],
        [2515, 0.98],
        [6326, 0.99],
        [10032, 0.995],
        [15910, 0.997],
      ] as const),
      ...([
        [23009, 0.9992],
        [24094, 0.9996],
        [25000, 0.9999],
        [1e5, 0.99999],
        [1e6, 1],
      ] as const),
    ],
  },
} as const satisfies Readonly<Record<string, PublishedSizes>>;
