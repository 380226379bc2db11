/** What values the functions of traffic take, beside those that base/checks.ts knows. */
import { isList, listOf, number, type Check } from "../../base/checks.js";

/** Priority queues are counted by 16 bits, and each has lists for every link. */
const MOST = 1000;

/** Numbers above 0 that ascend, at least `least` of them; `length` is their number, if it is fixed. */
export function ascending(length?: number, least = 0): Check {
  const entries = listOf(number({ above: 0 }), length);
  return (value) => {
    if (isList(value) && value.length === 0 && (length ?? least) === 0) return undefined;
    const remedy = entries(value);
    if (remedy !== undefined) return remedy;
    const numbers = value as ArrayLike<number>;
    if (numbers.length > MOST) return `give at most ${MOST}`;
    for (let k = 1; k < numbers.length; k++)
      if (numbers[k] <= numbers[k - 1])
        return `entry ${k} is ${numbers[k]}: give finite numbers above 0 that ascend`;
    return undefined;
  };
}

/** An object with these keys, of which its maker is named in the message. */
function madeBy(maker: string, ...keys: readonly string[]): Check {
  return (value) =>
    typeof value === "object" && value !== null && keys.every((key) => isList((value as never)[key]))
      ? undefined
      : `give what ${maker} returns`;
}

export const SIZES = madeBy("publishedSizes or sizesFrom", "bytes", "share");
export const NETWORK = madeBy("bigSwitch", "up", "down");
export const FLOWS = madeBy("flowsFrom or generateFlows", "arrival", "source", "target", "bytes");
/** Share of a link; above 1, flows wait longer and longer. */
export const LOAD = number({ above: 0, max: 100 });
/** A load for which there is a mean. */
export const STABLE_LOAD = number({ above: 0, below: 1 });
export const SECONDS = number({ above: 0, max: 1e6 });
