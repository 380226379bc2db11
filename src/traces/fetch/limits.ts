/** What `schedlab fetch` takes from a server at most, and how long it waits. */

/** A download fails after this many successive attempts that bring less than LEAST_BYTES together. */
export const ATTEMPTS = 6;
/** A connection that brings less than LEAST_BYTES in this time counts as dropped (ms). */
export const STALL_MS = 60_000;
export const LEAST_BYTES = 64_000;
/** The longest list of checksums, unpacked; that of the Google trace has 140 kB. */
export const LONGEST_LIST = 1e6;
/** The longest file of which the server does not say the length. */
export const LONGEST_UNANNOUNCED = 2e9;

/**
 * Returns how many bytes an archive of this size may hold. The published archives of text hold less than 20
 * times their size; zeros would be a thousand times as long as what they are packed into.
 */
export const mostUnpacked = (packed: number): number => Math.max(1e8, 100 * packed);

/** The limits as two sentences, for `--help`. */
export const LIMITS =
  `A connection that brings less than ${LEAST_BYTES / 1e3} kB in ${STALL_MS / 1e3} s counts as dropped; ` +
  `after ${ATTEMPTS} of them in a row the download ends with an error, and the same command continues it. ` +
  "A file may be as long as the server announces, " +
  `or ${LONGEST_UNANNOUNCED / 1e9} GB if it announces nothing.`;
