/** Asks a policy and checks its answers, so that an invalid answer never becomes a result. */
import { describeValue, InputError, messageOf } from "../base/errors.js";
import type {
  BestEffortCap,
  ClusterView,
  ForesightView,
  Move,
  Policy,
  TaskView,
} from "../policies/policy.js";
import type { Random } from "../base/random.js";

/** The policy, the step, and the number of machines and tasks, for the checks. */
export interface Asked {
  readonly policy: Policy;
  readonly step: number;
  readonly machines: number;
  readonly tasks: number;
}

/**
 * Returns the machine for an arriving task, -1 to let it wait. Throws InputError where `place` throws or
 * returns anything else.
 */
export function askPlacement(asked: Asked, task: TaskView, view: ClusterView, random: Random): number {
  const { policy, machines } = asked;
  let machine: unknown;
  try {
    machine = policy.place?.(task, view, random);
  } catch (cause) {
    throw failed(asked, "place", cause);
  }
  if (machine === -1 || isRow(machine, machines)) return machine;
  throw new InputError(
    `${at(asked)}: place returned ${describeValue(machine)} for task ${task.id}; ${numbered(machines)}, ` +
      "or -1",
  );
}

/**
 * Returns the moves that the policy wants, none without `rebalance`. Throws InputError as `checkMoves` does.
 */
export function askMoves(
  asked: Asked,
  view: ClusterView,
  foresight: ForesightView,
  random: Random,
): readonly Move[] {
  const { policy } = asked;
  const hook = policy.rebalanceForeseeing === undefined ? "rebalance" : "rebalanceForeseeing";
  if (policy[hook] === undefined) return [];
  let moves: unknown;
  try {
    moves =
      policy.rebalanceForeseeing === undefined
        ? policy.rebalance?.(view, random)
        : policy.rebalanceForeseeing(foresight, random);
  } catch (cause) {
    throw failed(asked, hook, cause);
  }
  return checkMoves(asked, moves, hook);
}

/**
 * Returns a copy of a list of moves. Throws InputError for a value that is not a list, and for a move without
 * a valid task or machine.
 *
 * @param giver What returned the moves, for the message.
 */
export function checkMoves(asked: Asked, moves: unknown, giver: string): readonly Move[] {
  return listOf(asked, moves, giver, "moves").map((move, row): Move => {
    const { task, to } = (move ?? {}) as { readonly task?: unknown; readonly to?: unknown };
    const place = `${at(asked)}: move ${row + 1} of ${giver}`;
    if (!isRow(task, asked.tasks)) {
      throw new InputError(`${place} names no task (${describeValue(task)}); give the id of a TaskView`);
    }
    if (isRow(to, asked.machines)) return { task, to };
    throw new InputError(`${place} names no machine (${describeValue(to)}); ${numbered(asked.machines)}`);
  });
}

/**
 * Returns the caps that the policy sets. Throws InputError if the answer is not a list of valid machines and
 * shares.
 */
export function askCaps(asked: Asked, view: ClusterView, random: Random): readonly BestEffortCap[] {
  if (asked.policy.control === undefined) return [];
  let caps: unknown;
  try {
    caps = asked.policy.control(view, random);
  } catch (cause) {
    throw failed(asked, "control", cause);
  }
  return listOf(asked, caps, "control", "caps").map((given, row): BestEffortCap => {
    const { machine, cap } = (given ?? {}) as { readonly machine?: unknown; readonly cap?: unknown };
    const place = `${at(asked)}: cap ${row + 1} of control`;
    if (!isRow(machine, asked.machines)) {
      throw new InputError(
        `${place} names no machine (${describeValue(machine)}); ${numbered(asked.machines)}`,
      );
    }
    if (typeof cap === "number" && cap >= 0 && cap <= 1) return { machine, cap };
    throw new InputError(`${place} is ${describeValue(cap)}; give a share of the capacity, from 0 to 1`);
  });
}

function listOf(asked: Asked, given: unknown, giver: string, what: string): readonly unknown[] {
  // `Array.from` fills the holes of a sparse list, which `map` would skip.
  if (Array.isArray(given)) return Array.from(given as unknown[]);
  const remedy = given instanceof Promise ? "it must not be async" : `give [] for no ${what}`;
  throw new InputError(
    `${at(asked)}: ${giver} returned ${describeValue(given)}, not a list of ${what}; ${remedy}`,
  );
}

function isRow(value: unknown, rows: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < rows;
}

function at({ policy, step }: Asked): string {
  return `policy ${policy.name} at step ${step}`;
}

function numbered(machines: number): string {
  return `machines are numbered from 0 to ${machines - 1}`;
}

function failed(asked: Asked, hook: string, cause: unknown): InputError {
  return new InputError(`${at(asked)}: ${hook} threw: ${messageOf(cause)}`, { cause });
}
