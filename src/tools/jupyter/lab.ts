/** `npm run lab`: JupyterLab with this project's kernel, on notebooks/ or, after `--`, another folder. */
import { readdirSync, statSync } from "node:fs";
import { ensureEnvironment, runPython } from "./environment.js";
import { NOTEBOOKS, PROJECT } from "./project.js";

/**
 * Returns the arguments for JupyterLab; the user's come last. One that names a folder takes the place of
 * ours.
 */
export function labArguments(
  given: readonly string[],
  { notebooks, isRoot }: { readonly notebooks: readonly string[]; readonly isRoot: boolean },
): string[] {
  const first = [...notebooks].sort().at(0);
  const ours = [
    `--ServerApp.root_dir=${PROJECT}`,
    `--FileContentsManager.preferred_dir=${NOTEBOOKS}`,
    `--LabApp.default_url=/lab/tree/notebooks${first === undefined ? "" : `/${first}`}`,
  ];
  return [
    "-m",
    "jupyterlab",
    // Jupyter takes one root only, and no preferred folder outside it.
    ...(given.some(namesFolder) ? [] : ours),
    "--MultiKernelManager.default_kernel_name=schedlab",
    // Jupyter refuses to run as root, which is who one is in most containers; it listens on this machine
    // only.
    ...(isRoot ? ["--allow-root"] : []),
    ...given,
  ];
}

function namesFolder(argument: string): boolean {
  return (
    argument.startsWith("--ServerApp.root_dir=") ||
    statSync(argument, { throwIfNoEntry: false })?.isDirectory() === true
  );
}

/** Opens JupyterLab with these arguments of its own and returns its exit code when it ends. */
export async function openLab(given: readonly string[]): Promise<number> {
  await ensureEnvironment((line) => process.stderr.write(`${line}\n`));
  const notebooks = readdirSync(NOTEBOOKS).filter((name) => name.endsWith(".ipynb"));
  const isRoot = process.getuid?.() === 0;
  return runPython(labArguments(given, { notebooks, isRoot }));
}
