/** Checks the parts of an architecture: an engine would take an unknown word for another one and run on. */
import { describeValue, InputError } from "../base/errors.js";
import { refuseUnknownKeys } from "../base/known-keys.js";
import { didYouMean } from "../base/nearest.js";
import type {
  CellParts,
  FrameworkParts,
  OfferParts,
  Parts,
  RoleParts,
  SamplingParts,
  HybridParts,
  SchedulerParts,
  ThinkTime,
} from "./parts.js";

/** Where a value stands: `schedulers.0.thinks.Batch.job` of an architecture for a number of machines. */
interface Place {
  readonly architecture: string;
  readonly machines: number;
  readonly path: string;
}

type Check = (value: unknown, place: Place) => void;
type Checks<T> = { readonly [K in keyof T]-?: Check };

/**
 * Throws InputError for parts that no engine can run; the message names the place.
 *
 * @param given What `create` of the architecture returned.
 */
export function checkParts(given: unknown, architecture: string, machines: number): asserts given is Parts {
  if (typeof given !== "object" || given === null || Array.isArray(given) || given instanceof Promise)
    throw new InputError(
      `create of architecture ${architecture} returned ${describeValue(given)}: return an object with the ` +
        `engine (${Object.keys(ENGINES).join(", ")}) and its parts`,
    );
  const place = { architecture, machines, path: "" };
  const engine: unknown = Reflect.get(given, "engine");
  oneOf(ENGINES)(engine, at(place, "engine"));
  ENGINES[engine as Parts["engine"]](given, place);
}

/** The number of anything that is counted. */
const MOST = 1e7;

function at(place: Place, key: string): Place {
  return { ...place, path: place.path === "" ? key : `${place.path}.${key}` };
}

function refuse(value: unknown, place: Place, remedy: string, shown = describeValue(value)): never {
  const { path, architecture } = place;
  if (value === undefined) throw new InputError(`architecture ${architecture} has no ${path}: ${remedy}`);
  throw new InputError(`invalid ${path} of architecture ${architecture}: ${shown}; ${remedy}`);
}

/** Accepts the keys of the object; the compiler checks that none is missing. */
function oneOf<T extends string>(known: Record<T, unknown>): Check {
  const words = Object.keys(known);
  return (value, place) => {
    if (typeof value === "string" && words.includes(value)) return;
    refuse(value, place, `give one of ${words.join(", ")}${didYouMean(value, words)}`);
  };
}

/** Accepts a number from `min` to `max`, by default any finite one of 0 or more. */
function number({ min = 0, max = Number.MAX_VALUE, whole = false } = {}): Check {
  const range = max === Infinity || max === Number.MAX_VALUE ? `of ${min} or more` : `from ${min} to ${max}`;
  const kind = whole ? "whole number" : max === Infinity ? "number" : "finite number";
  return (value, place) => {
    const isRight = typeof value === "number" && value >= min && value <= max;
    if (!isRight || (whole && !Number.isInteger(value))) refuse(value, place, `give a ${kind} ${range}`);
  };
}

const amount = number();
const endless = number({ max: Infinity });
const count = number({ whole: true, max: MOST });
const percent = number({ max: 100 });
const probeRatio = number({ min: 1, max: 1000 });

const flag: Check = (value, place) => {
  if (typeof value !== "boolean") refuse(value, place, "give true or false");
};

const text: Check = (value, place) => {
  if (typeof value !== "string" || value === "") refuse(value, place, "give a text");
};

function optional(check: Check): Check {
  return (value, place) => {
    if (value !== undefined) check(value, place);
  };
}

function list(of: Check): Check {
  return (value, place) => {
    if (!Array.isArray(value)) refuse(value, place, "give a list");
    value.forEach((one: unknown, i) => {
      of(one, at(place, String(i)));
    });
  };
}

/** Accepts an object whose keys are names, such as those of classes. */
function named(of: Check): Check {
  return (value, place) => {
    for (const [key, one] of Object.entries(object(value, place, "an object of names")))
      of(one, at(place, key));
  };
}

function fields<T extends object>(checks: Checks<T>): Check {
  const keys = Object.keys(checks);
  return (value, place) => {
    const given = object(value, place, `an object with ${keys.join(", ")}`);
    const what = `part of architecture ${place.architecture}`;
    refuseUnknownKeys(given, keys, place.path === "" ? what : `${what} in ${place.path}`);
    for (const [key, check] of Object.entries<Check>(checks)) check(Reflect.get(given, key), at(place, key));
  };
}

function object(value: unknown, place: Place, wanted: string): object {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    refuse(value, place, `give ${wanted}`);
  return value;
}

const range: Check = (value, place) => {
  const [from, to] = Array.isArray(value) && value.length === 2 ? (value as unknown[]) : [];
  const isRow = (row: unknown): row is number =>
    Number.isInteger(row) && (row as number) >= 0 && (row as number) <= place.machines;
  if (isRow(from) && isRow(to) && from <= to) return;
  const remedy = `give the first row and the one after the last, from 0 to ${place.machines}`;
  refuse(value, place, remedy, JSON.stringify(value));
};

/** Placement rules are checked by the engine that calls them. */
const policy: Check = (value, place) => {
  if (typeof value !== "object" || value === null) refuse(value, place, "give createPolicy(NAME)");
};

const engine: Check = () => undefined;

const scheduler = fields<SchedulerParts>({
  name: text,
  thinks: named(fields<ThinkTime>({ job: amount, task: amount })),
  machines: optional(range),
});

const ENGINES: { readonly [E in Parts["engine"]]: Check } = {
  workers: fields<SamplingParts>({
    engine,
    binding: oneOf<SamplingParts["binding"]>({ late: true, early: true, central: true }),
    choose: oneOf<SamplingParts["choose"]>({ random: true, "least-of-each": true, "least-of-all": true }),
    probeRatio,
    delay: amount,
    cancellation: flag,
    multiget: flag,
  }),
  cell: fields<CellParts>({
    engine,
    see: oneOf<CellParts["see"]>({ live: true, snapshot: true, offer: true }),
    conflict: oneOf<CellParts["conflict"]>({ "resource-fit": true, "sequence-numbers": true }),
    transaction: oneOf<CellParts["transaction"]>({ incremental: true, "all-or-nothing": true }),
    order: optional(
      oneOf<NonNullable<CellParts["order"]>>({ fifo: true, fair: true, drf: true, srpt: true }),
    ),
    where: optional(policy),
    schedulers: list(scheduler),
    offers: fields<OfferParts>({
      interval: amount,
      allocatorThinks: amount,
      leastCpu: amount,
      leastMemory: amount,
    }),
    retryAfter: amount,
    attemptsWithoutTask: count,
    attempts: count,
  }),
  hybrid: fields<HybridParts>({
    engine,
    cutoff: endless,
    shortPercent: percent,
    longPercent: percent,
    long: oneOf<HybridParts["long"]>({ table: true, probes: true }),
    short: oneOf<HybridParts["short"]>({
      probes: true,
      "returned-bitmaps": true,
      "central-bitmap": true,
      "as-long": true,
    }),
    probeRatio,
    leastProbes: count,
    delay: amount,
    stealAttempts: count,
    stealLimit: endless,
    sticky: flag,
    shortestFirst: flag,
    slack: endless,
  }),
  groups: fields<Extract<Parts, { engine: "groups" }>>({
    engine,
    masters: number({ whole: true, min: 1, max: MOST }),
    reserved: count,
    cutoff: endless,
    weight: number({ min: 1, max: Infinity }),
    delay: amount,
  }),
  mesos: fields<Extract<Parts, { engine: "mesos" }>>({
    engine,
    frameworks: list(fields<FrameworkParts>({ name: text, role: text, classes: list(text) })),
    roles: named(fields<RoleParts>({ weight: number({ min: 1e-6 }), quotaCpu: amount, quotaMemory: amount })),
    interval: number({ min: 1e-6 }),
    refuseFor: amount,
    leastCpu: amount,
    leastMemory: amount,
    delay: amount,
    copies: count,
    skips: count,
  }),
};
