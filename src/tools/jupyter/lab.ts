/**
 * `npm run lab`: opens JupyterLab with this project's kernel on notebooks/, or on the folder given after
 * `--`.
 */
import { readdirSync, statSync } from "node:fs";
import { ensureEnvironment, runPython } from "./environment.js";
import { NOTEBOOKS, PROJECT } from "./project.js";

/**
 * Returns the arguments for JupyterLab. The user's arguments come last; if one names a folder, ours are
 * omitted.
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
    // Jupyter accepts only one root, and no preferred folder outside it.
    ...(given.some(namesFolder) ? [] : ours),
    "--MultiKernelManager.default_kernel_name=schedlab",
    // Jupyter refuses to run as root, the usual user in containers. Allowing it is safe: Jupyter listens only
    // locally.
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

/** Opens JupyterLab with additional arguments and returns its exit code when it ends. */
export async function openLab(given: readonly string[]): Promise<number> {
  await ensureEnvironment((line) => process.stderr.write(`${line}\n`));
  const notebooks = readdirSync(NOTEBOOKS).filter((name) => name.endsWith(".ipynb"));
  const isRoot = process.getuid?.() === 0;
  return runPython(labArguments(given, { notebooks, isRoot }));
}
