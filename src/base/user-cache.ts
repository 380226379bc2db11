/**
 * Returns the folder in which schedlab keeps what it can make again, as the operating system has it. Throws
 * Error for a user without a home folder.
 */
export async function userCache(): Promise<string> {
  // On import, the package asks for the home folder.
  const { default: envPaths } = await import("env-paths");
  return envPaths("schedlab", { suffix: "" }).cache;
}
