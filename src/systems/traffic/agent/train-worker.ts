/** The module that a training thread runs. */
import { answering, type InputFault } from "../../../base/threads.js";
import { trainAgent, type TrainedAgent, type TrainOptions } from "./train.js";

/** Trains one agent. */
export function train(options: TrainOptions): Promise<TrainedAgent | InputFault> {
  return answering(() => trainAgent(options));
}
