/**
 * `npm run lab`: opens JupyterLab with this project's kernel on notebooks/, or on the folder given after
 * `--`. It also makes the kernel known to other front ends.
 */
import { constants, readdirSync, statSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ensureEnvironment, runPython } from "./environment.js";
import { installKernel, uninstallKernel } from "./kernel-spec.js";
import { EXPLORE, KERNEL_NAME, NOTEBOOKS, OWN_NOTEBOOKS, PROJECT, PYTHON_FILES } from "./project.js";

const HELP = `Usage: npm run lab -- [options] [folder] [options of JupyterLab]

Opens JupyterLab with schedlab's kernel: on notebooks/explore.ipynb, new notebooks in
notebooks/mine/, which git ignores; or on a folder of yours.

Options:
  --install-kernel    make the kernel known to other Jupyters of this user, to nbclient
                      and to VS Code, and end
  --uninstall-kernel  undo that, and end
  --help              this text; options of JupyterLab: npm run lab -- --help-all

Often used options of JupyterLab: --no-browser, --port=8889, --ip=0.0.0.0
`;

export interface LabSetting {
  /** The files of the project's notebooks. */
  readonly notebooks: readonly string[];
  readonly isRoot: boolean;
  /** The folder, which must exist, of the file browser and of new notebooks. Default: notebooks/. */
  readonly begin?: string;
}

/**
 * Returns the arguments for JupyterLab, which opens the notebook explore, or where it is missing the first by
 * name. The user's arguments come last; if one names a folder, ours are omitted.
 */
export function labArguments(
  given: readonly string[],
  { notebooks, isRoot, begin = NOTEBOOKS }: LabSetting,
): string[] {
  const first = notebooks.includes(EXPLORE) ? EXPLORE : [...notebooks].sort().at(0);
  const ours = [
    `--ServerApp.root_dir=${PROJECT}`,
    `--FileContentsManager.preferred_dir=${begin}`,
    "--ServerApp.extra_services=schedlab_start",
    `--LabApp.default_url=/start/notebooks${first === undefined ? "" : `/${first}`}`,
  ];
  return [
    "-m",
    "jupyterlab",
    // Jupyter accepts only one root, and no preferred folder outside it.
    ...(given.some(namesFolder) ? [] : ours),
    `--MultiKernelManager.default_kernel_name=${KERNEL_NAME}`,
    // JupyterLab brings Python's kernel, in which no cell of these notebooks runs.
    "--KernelSpecManager.ensure_native_kernel=False",
    `--KernelSpecManager.allowed_kernelspecs=${KERNEL_NAME}`,
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

/** Makes the folder for the user's own notebooks, with a first one. What is there stays as it is. */
export async function makeOwnNotebooks(folder: string): Promise<void> {
  if (statSync(folder, { throwIfNoEntry: false })) return;
  await mkdir(folder);
  await copyFile(join(PYTHON_FILES, "first.ipynb"), join(folder, "first.ipynb"), constants.COPYFILE_EXCL);
}

/** Opens JupyterLab with additional arguments and returns its exit code when it ends. */
export async function openLab(given: readonly string[]): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  if (given.includes("--help") || given.includes("-h")) {
    process.stdout.write(HELP);
    return 0;
  }
  const isInstalled = given.includes("--install-kernel");
  if (isInstalled || given.includes("--uninstall-kernel")) {
    await (isInstalled ? installKernel : uninstallKernel)(say);
    return 0;
  }
  await ensureEnvironment(say);
  await makeOwnNotebooks(OWN_NOTEBOOKS);
  const notebooks = readdirSync(NOTEBOOKS).filter((name) => name.endsWith(".ipynb"));
  const isRoot = process.getuid?.() === 0;
  return runPython(labArguments(given, { notebooks, isRoot, begin: OWN_NOTEBOOKS }));
}
