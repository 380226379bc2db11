/** How long a core needs for the baseband processing of one subframe. */
import { InputError } from "../../base/errors.js";
import { resolveParameters, type Parameter, type Values } from "../../base/parameters.js";
import { NUMBERS, numberOf, numbersOf } from "./options.js";

const time = (value: number, unit: string, description: string): Parameter => ({
  default: value,
  unit,
  description,
  min: 0,
  // A second.
  max: 1e6,
});

/** The model of times, with the deadline. All times are in microseconds. */
export const CLOUD_RAN_MODEL = {
  base: time(28.4, "us", "processing time of any subframe (RT-OPEX's regression)"),
  antenna: time(
    93,
    "us per antenna",
    "FFT and equalization (RT-OPEX's regression; 14 subtasks of 6 us are 84)",
  ),
  modulation: time(43.9, "us per bit of a symbol", "demodulation (RT-OPEX's regression)"),
  decode: time(
    96.8,
    "us per bit of a resource element and iteration",
    "turbo decoding (RT-OPEX's regression)",
  ),
  slot: {
    ...time(1000, "us", "time between two subframes of a cell (LTE 1000; 5G 1000 / 2^numerology)"),
    min: 1,
  },
  budget: {
    ...time(
      2000,
      "us",
      "latest end of the processing, from the subframe's end on the air (LTE's synchronous HARQ: 3 ms, of " +
        "which 1 ms is for the answer; NR's HARQ is asynchronous and has no such constant)",
    ),
    min: 1,
  },
  halfRtt: time(400, "us", "delay from the antenna to the pool (RTT/2)"),
  margin: time(
    30,
    "us",
    "a subframe is given up if, before decoding, less than this would be left (30 in the program's " +
      "gd_sched_global.c at 4bd3993; 50 in gd_sched_migrate_new.c at aaf6aea)",
  ),
  guardIterations: {
    ...time(3, "iterations", "decoding iterations that this test assumes (3 in both of these files)"),
    max: 255,
  },
} as const satisfies Record<string, Parameter>;

export type CloudRanValues = Values<typeof CLOUD_RAN_MODEL>;

/** Returns all values of the model. Throws InputError for invalid ones, and where no time is left. */
export function modelOf(model: Partial<CloudRanValues> | undefined): CloudRanValues {
  const values = resolveParameters("the model of cloud-ran", CLOUD_RAN_MODEL, model);
  if (values.halfRtt < values.budget) return values;
  throw new InputError(`halfRtt ${values.halfRtt} leaves no time in the budget ${values.budget}; give less`);
}

/** Greatest index of a modulation and coding scheme (MCS) that loads are mapped to. */
export const MAX_MCS = 27;

/** Bits of a transport block on 50 resource blocks (10 MHz), by transport block size index. */
const BLOCK_BITS = [
  1384, 1800, 2216, 2856, 3624, 4392, 5160, 6200, 6968, 7992, 8760, 9912, 11448, 12960, 14112, 15264, 16416,
  18336, 19848, 21384, 22920, 25456, 27376, 28336, 30576, 31704,
] as const;
/** 50 blocks of 12 subcarriers and 14 symbols. */
export const RESOURCE_ELEMENTS = 50 * 12 * 14;

/**
 * Returns the bits of a symbol: 2 (QPSK), 4 (16-QAM) or 6 (64-QAM). Source: 3GPP TS 36.213, table 7.1.7.1-1,
 * which is that of the downlink, as RT-OPEX's scripts have it (gd_lte_utils.py). The uplink's own, 8.6.1-1,
 * has 16-QAM from 11 to 20.
 */
export function bitsPerSymbol(mcs: number): number {
  numberOf("subframes", "mcs", mcs);
  return mcs <= 9 ? 2 : mcs <= 16 ? 4 : 6;
}

/**
 * Returns the data bits per resource element, on 10 MHz. Source: 3GPP TS 36.213, tables 7.1.7.1-1 and
 * 7.1.7.2.1-1.
 */
export function bitsPerElement(mcs: number): number {
  return blockBits(mcs) / RESOURCE_ELEMENTS;
}

/** Returns the data bits of a subframe, on 10 MHz: Mbit/s times 1000. */
export function blockBits(mcs: number): number {
  // The first index of a modulation repeats the size of the one before.
  return BLOCK_BITS[mcs - (bitsPerSymbol(mcs) / 2 - 1)];
}

/** Returns the MCS for a load: floor(27 load / peak). Loads above the peak have the greatest MCS. */
export function mcsOfLoad(load: number, peak: number): number {
  if (!(load >= 0) || !(peak > 0) || !Number.isFinite(peak))
    throw new InputError(`invalid load ${load} with peak ${peak}; give a load of at least 0, a peak above 0`);
  return Math.min(MAX_MCS, Math.floor((MAX_MCS * load) / peak));
}

/** The parts of a subframe's processing time, in microseconds. */
export interface ProcessingTime {
  readonly base: number;
  readonly fft: number;
  readonly demodulation: number;
  /** Of one iteration. */
  readonly decode: number;
}

/** Returns the parts of the processing time of a subframe with this MCS and number of antennas. */
export function processingParts(mcs: number, antennas: number, values: CloudRanValues): ProcessingTime {
  return {
    base: values.base,
    fft: values.antenna * antennas,
    demodulation: values.modulation * bitsPerSymbol(mcs),
    decode: values.decode * bitsPerElement(mcs),
  };
}

/**
 * Returns the processing time in microseconds with this number of decoding iterations: RT-OPEX's regression
 * 28.4 + 93.0 N + 43.9 Q(m) + 96.8 L D(m) (CoNEXT 2016).
 */
export function processingTime(mcs: number, options: ProcessingTimeOptions): number {
  const { antennas, iterations } = numbersOf("processingTime", options, TIME_NUMBERS, ["model"]);
  const { base, fft, demodulation, decode } = processingParts(mcs, antennas, modelOf(options.model));
  return base + fft + demodulation + iterations * decode;
}

export interface ProcessingTimeOptions {
  /** Default 2. */
  readonly antennas?: number;
  readonly iterations: number;
  readonly model?: Partial<CloudRanValues>;
}

const TIME_NUMBERS = { antennas: NUMBERS.antennas, iterations: NUMBERS.iterations };

/**
 * Returns the highest data rate, in Mbit/s, with a subframe that is processed within a time in microseconds;
 * 0 where none is.
 */
export function highestRate(options: HighestRateOptions): number {
  const { time, ...work } = numbersOf("highestRate", options, { ...TIME_NUMBERS, time: NUMBERS.time }, [
    "model",
  ]);
  const { model } = options;
  const { slot } = modelOf(model);
  let most = 0;
  for (let mcs = 0; mcs <= MAX_MCS; mcs++)
    if (processingTime(mcs, { ...work, model }) <= time) most = Math.max(most, blockBits(mcs) / slot);
  return most;
}

export interface HighestRateOptions extends ProcessingTimeOptions {
  readonly time: number;
}
