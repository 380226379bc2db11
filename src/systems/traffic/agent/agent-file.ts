/** Trained agents as JSON, with how they were trained. */
import { InputError } from "../../../base/errors.js";
import { VERSION } from "../../../base/version.js";
import { agentOf, type TrainedAgent } from "./train.js";

/** Digits of a weight; more do not change a threshold by a byte. */
const DIGITS = 9;

/** Returns an agent as JSON: the manifest of its training, its weights and its rewards. */
export function agentJson({ weights, rewards, ...manifest }: TrainedAgent): string {
  const rounded = (column: Float64Array): number[] =>
    Array.from(column, (x) => Number(x.toPrecision(DIGITS)));
  const parts = { schedlab: VERSION, ...manifest, weights: rounded(weights), rewards: rounded(rewards) };
  return `${JSON.stringify(parts)}\n`;
}

/** Returns the agent in a text that `agentJson` made. Throws InputError for another text. */
export function readAgent(text: string): TrainedAgent {
  let parts: Partial<Record<keyof TrainedAgent, unknown>>;
  try {
    parts = Object(JSON.parse(text)) as typeof parts;
  } catch {
    throw new InputError("not an agent: the text is no JSON; give what agentJson wrote");
  }
  const { weights, rewards } = parts;
  const areNumbers = (column: unknown): column is number[] =>
    Array.isArray(column) && column.every((value) => Number.isFinite(value));
  if (!areNumbers(weights) || !areNumbers(rewards))
    throw new InputError("not an agent: weights and rewards must be lists of numbers");
  const agent = {
    ...(parts as unknown as TrainedAgent),
    weights: Float64Array.from(weights),
    rewards: Float64Array.from(rewards),
  };
  agentOf(agent);
  return agent;
}
