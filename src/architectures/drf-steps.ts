/** Dominant Resource Fairness step by step. */
import { table, type ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import { dominantShares } from "../metrics/dominant-share.js";
import { drfPicks } from "./mesos/fair-division.js";

/** A user with an unlimited number of equal tasks; `demand` has one number per resource. */
export interface DrfUser {
  readonly name: string;
  readonly demand: readonly number[];
}

/**
 * Returns a table with a row for each user after each pick of DRF (`drfPicks`); step 0 is before the first
 * pick. Columns: `step`, the name `picked` ("" in step 0), `user`, its `tasks` and its dominant `share`. At
 * equal shares, the first of these users in the list is picked. Throws InputError where there is no user, and
 * for a demand that has another length than the capacity or no amount above 0.
 */
export function drfSteps(users: readonly DrfUser[], capacity: readonly number[]): ColumnTable {
  if (users.length === 0) throw new InputError("no user to share the capacity: give at least one");
  for (const { name, demand } of users)
    if (demand.length !== capacity.length || !demand.some((amount) => amount > 0))
      throw new InputError(
        `demand of ${name} has ${demand.length} numbers: give ${capacity.length}, at least one above 0`,
      );
  const tasks = users.map(() => 0);
  const names = users.map(({ name }) => name);
  const steps = [
    -1,
    ...drfPicks(
      users.map(({ demand }) => demand),
      capacity,
    ),
  ].map((pick, step) => {
    if (pick >= 0) tasks[pick]++;
    const amounts = users.map(({ demand }, user) => demand.map((amount) => amount * tasks[user]));
    const shares = dominantShares(amounts, capacity);
    return names.map((user, u) => ({
      step,
      picked: pick < 0 ? "" : names[pick],
      user,
      tasks: tasks[u],
      share: shares[u],
    }));
  });
  const rows = steps.flat();
  return table({
    step: rows.map(({ step }) => step),
    picked: rows.map(({ picked }) => picked),
    user: rows.map(({ user }) => user),
    tasks: rows.map(({ tasks }) => tasks),
    share: rows.map(({ share }) => share),
  });
}
