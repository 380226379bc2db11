/** Keeps cells from ending the process that they run in. */

/** Makes the functions of `process` that would end this process, or the one that started it, throw. */
export function guardProcess(): void {
  const kill = process.kill.bind(process);
  for (const name of ["exit", "reallyExit", "abort"] as const)
    Object.defineProperty(process, name, { value: refuse(name), writable: true, configurable: true });
  process.kill = (pid, signal) => {
    const isOwn = pid === 0 || pid === process.pid || pid === -process.pid || pid === process.ppid;
    return isOwn && signal !== 0 ? refuse("kill")() : kill(pid, signal);
  };
}

const refuse = (name: string) => (): never => {
  const error = new Error(
    `process.${name}() ends the cell, not the kernel, which keeps the names of all cells; ` +
      "shut the kernel down in the front end",
  );
  error.name = "ProcessEnd";
  throw error;
};
