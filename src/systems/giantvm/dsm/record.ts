/** Records which node holds which page, access by access, for a picture of the protocol. */
import { from, type ColumnTable } from "arquero";
import { InputError } from "../../../base/errors.js";
import { PAGE_STATE } from "./directory.js";
import { runDsm, type AccessStream, type DsmOptions } from "./run.js";

const STATES = Object.keys(PAGE_STATE) as (keyof typeof PAGE_STATE)[];
/** The largest number of rows: the record is for streams that a picture can show. */
const MOST_ROWS = 1_000_000;

/**
 * Runs the streams (`runDsm`) and returns a table with the state of every page at every node before the first
 * access (`access` 0) and after each access: `access`, `page`, `node`, `state` ("modified", "shared" or
 * "invalid"). The row of the node and page that the access was to also says what it was: `kind` ("read" or
 * "write"), `fault` ("read", "write" or "upgrade"; "none" for a hit) and `seconds`, from its beginning to its
 * end. Throws the same errors as `runDsm`, and InputError for streams that are too long to record.
 */
export function recordPages(streams: readonly AccessStream[], options: DsmOptions): ColumnTable {
  const rows: object[] = [];
  let access = 0;
  const note = (
    {
      nodes,
      pages,
      stateOf,
    }: { nodes: number; pages: number; stateOf: (node: number, page: number) => number },
    at?: { node: number; page: number; about: object },
  ): void => {
    if (rows.length + nodes * pages > MOST_ROWS)
      throw new InputError(`too many accesses to record: ${MOST_ROWS} rows are full; give shorter streams`);
    for (let page = 0; page < pages; page++) {
      for (let node = 0; node < nodes; node++) {
        const about = at?.node === node && at.page === page ? at.about : NOTHING;
        rows.push({ access, page, node, state: STATES[stateOf(node, page)], ...about });
      }
    }
    access++;
  };
  runDsm(streams, {
    ...options,
    onStart: (directory) => {
      note(directory);
    },
    onAccess: ({ directory, node, page, isWrite, fault, seconds }) => {
      const about = { kind: isWrite ? "write" : "read", fault: fault?.kind ?? "none", seconds };
      note(directory, { node, page, about });
    },
  });
  return from(rows);
}

const NOTHING = { kind: null, fault: null, seconds: null };
