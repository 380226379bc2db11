/** Flows: who sends how many bytes to whom, and from when. */
import { InputError } from "../../base/errors.js";
import { keysOf } from "../../base/known-keys.js";
import { createRowReader, type RowSource } from "../../workload/from-rows/row-reader.js";
import { checkValue } from "../../base/checks.js";
import { FLOWS, NETWORK } from "./check.js";
import type { Network } from "./network.js";

/** Flows in order of arrival, as columns. */
export interface Flows {
  /** Seconds, at most 1e6 from 0 in either direction. */
  readonly arrival: Float64Array;
  /** Servers, from 0; a flow from a server to itself crosses no link and is refused. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** Above 0; they need not be whole. */
  readonly bytes: Float64Array;
  /** 1 for background flows, such as migrations; default: none. */
  readonly background?: Uint8Array;
}

/** One flow, as a row. */
export interface FlowRow {
  readonly arrival: number;
  readonly source: number;
  readonly target: number;
  readonly bytes: number;
  /** Default false. */
  readonly background?: boolean;
}

const COLUMNS = keysOf<FlowRow>({ arrival: true, source: true, target: true, bytes: true, background: true });
const SERVER = { min: 0, max: 2 ** 31 - 1 };

/**
 * Returns rows (an array of objects or an arquero table) as columns, in order of arrival; rows of equal
 * arrival keep their order. Throws InputError with row and column for an unknown column and an invalid value.
 */
export function flowsFrom(rows: RowSource<FlowRow>): Flows {
  const read = Array.from(createRowReader("flows", rows, COLUMNS), (row) => ({
    arrival: row.number("arrival"),
    source: row.whole("source", undefined, SERVER),
    target: row.whole("target", undefined, SERVER),
    bytes: row.number("bytes"),
    background: row.flag("background"),
  }));
  const sorted = read.sort((a, b) => a.arrival - b.arrival);
  return {
    arrival: Float64Array.from(sorted, ({ arrival }) => arrival),
    source: Int32Array.from(sorted, ({ source }) => source),
    target: Int32Array.from(sorted, ({ target }) => target),
    bytes: Float64Array.from(sorted, ({ bytes }) => bytes),
    background: Uint8Array.from(sorted, ({ background }) => (background ? 1 : 0)),
  };
}

/** Returns flows together with background flows, in order of arrival; at equal times the flows come first. */
export function withBackground(flows: Flows, background: Flows): Flows {
  const parts = [flows, background];
  const own = flows.arrival.length;
  const arrivals = parts.flatMap(({ arrival }) => Array.from(arrival));
  const order = Array.from(arrivals.keys()).sort((a, b) => arrivals[a] - arrivals[b] || a - b);
  const column = (name: "arrival" | "source" | "target" | "bytes"): number[] => {
    const all = parts.flatMap((part) => Array.from(part[name]));
    return order.map((f) => all[f]);
  };
  return {
    arrival: Float64Array.from(column("arrival")),
    source: Int32Array.from(column("source")),
    target: Int32Array.from(column("target")),
    bytes: Float64Array.from(column("bytes")),
    background: Uint8Array.from(order, (f) => (f < own ? 0 : 1)),
  };
}

/** Whether flow f is a background flow. */
export function isBackground({ background }: Flows, f: number): boolean {
  return background !== undefined && background[f] === 1;
}

/** Seconds: a time is exact to 1.2e-10 s here, and to less and less beyond. */
const LATEST = 1e6;

/** Throws InputError for the first flow that this network cannot carry. */
export function checkFlows(flows: Flows, network: Network): void {
  checkValue("flows", flows, FLOWS);
  checkValue("network", network, NETWORK);
  const { arrival, source, target, bytes, background } = flows;
  const n = arrival.length;
  const lengths = [source.length, target.length, bytes.length, background?.length ?? n];
  if (lengths.some((length) => length !== n))
    throw new InputError(`columns of flows differ in length: ${[n, ...lengths].join(", ")}`);
  const isServer = (server: number): boolean =>
    Number.isInteger(server) && server >= 0 && server < network.servers;
  for (let f = 0; f < n; f++) {
    if (!Number.isFinite(arrival[f]) || (f > 0 && arrival[f] < arrival[f - 1]))
      throw new InputError(`flow ${f} arrives at ${arrival[f]}: give finite times in ascending order`);
    if (Math.abs(arrival[f]) > LATEST)
      throw new InputError(
        `flow ${f} arrives at ${arrival[f]} s, where short flows have too few digits: ` +
          `count seconds from the first arrival (up to ${LATEST})`,
      );
    if (!isServer(source[f]) || !isServer(target[f]))
      throw new InputError(
        `flow ${f} goes from ${source[f]} to ${target[f]}: there are servers 0 to ${network.servers - 1}`,
      );
    if (source[f] === target[f])
      throw new InputError(`flow ${f} goes from server ${source[f]} to itself: leave it out`);
    if (!(bytes[f] > 0 && Number.isFinite(bytes[f])))
      throw new InputError(`flow ${f} has ${bytes[f]} bytes: give a number above 0`);
  }
}
