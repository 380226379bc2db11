/** Keeps trained agents in files. */
import { join } from "node:path";
import { makeFolder, writeFileAtomic } from "../../../base/files.js";
import { agentJson } from "./agent-file.js";
import type { TrainedAgent } from "./train.js";

/**
 * Writes each agent to `PREFIX-agent-SEED.json` in a folder, which is made if it is not there: weights,
 * rewards and how it was trained. `readAgent` reads the text of such a file.
 */
export async function saveAgents(
  agents: readonly TrainedAgent[],
  folder: string,
  prefix: string,
): Promise<void> {
  makeFolder(folder);
  for (const agent of agents)
    await writeFileAtomic(join(folder, `${prefix}-agent-${agent.seed}.json`), agentJson(agent));
}
