/** The trained agent that comes with the package. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readAgent } from "./agent-file.js";
import type { TrainedAgent } from "./train.js";

/** Returns the agent of data/traffic/agent.json: `trainAgent({ seed: 1 })`, on web search and data mining. */
export function shippedAgent(): TrainedAgent {
  const path = fileURLToPath(new URL("../../../../data/traffic/agent.json", import.meta.url));
  return readAgent(readFileSync(path, "utf8"));
}
