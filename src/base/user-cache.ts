import envPaths from "env-paths";

/** Returns the folder in which schedlab keeps what it can make again, as the operating system has it. */
export function userCache(): string {
  return envPaths("schedlab", { suffix: "" }).cache;
}
