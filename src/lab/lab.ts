/** `npm run lab`: JupyterLab with this project's kernel, on notebooks/. */
import { readdirSync } from "node:fs";
import { ensureEnvironment, runPython } from "./environment.js";
import { NOTEBOOKS, PROJECT } from "./project.js";

/** Returns the arguments for JupyterLab; the user's come last, so that they win. */
export function labArguments(
  given: readonly string[],
  { notebooks, isRoot }: { readonly notebooks: readonly string[]; readonly isRoot: boolean },
): string[] {
  const first = [...notebooks].sort().at(0);
  return [
    "-m",
    "jupyterlab",
    `--ServerApp.root_dir=${PROJECT}`,
    `--FileContentsManager.preferred_dir=${NOTEBOOKS}`,
    `--LabApp.default_url=/lab/tree/notebooks${first === undefined ? "" : `/${first}`}`,
    "--MultiKernelManager.default_kernel_name=schedlab",
    // Jupyter refuses to run as root, which is who one is in most containers; it listens on this machine only.
    ...(isRoot ? ["--allow-root"] : []),
    ...given,
  ];
}

/** Opens JupyterLab with these arguments of its own and returns its exit code when it ends. */
export async function openLab(given: readonly string[]): Promise<number> {
  await ensureEnvironment((line) => process.stderr.write(`${line}\n`));
  const notebooks = readdirSync(NOTEBOOKS).filter((name) => name.endsWith(".ipynb"));
  const isRoot = process.getuid?.() === 0;
  return runPython(labArguments(given, { notebooks, isRoot }));
}
