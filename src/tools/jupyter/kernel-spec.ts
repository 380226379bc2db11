/** The kernelspec: the file by which Jupyter, nbclient and VS Code know the kernel of this checkout. */
import { readFileSync } from "node:fs";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { homedir, totalmem } from "node:os";
import { join } from "node:path";
import { InputError } from "../../base/errors.js";
import { PLOTLY_EXTENSION, PLOTLY_FILE, plotlyPath } from "../../notebook/plotly-source.js";
import { KERNEL_NAME, PACKAGES, PROJECT } from "./project.js";

/** Share of the machine's memory that one kernel's heap may take. */
const HEAP_SHARE = 0.75;

/** How Jupyter starts our kernel, with absolute paths, from any environment and folder. */
export function kernelSpec(): {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
} {
  const heap = Math.floor((totalmem() * HEAP_SHARE) / 2 ** 20);
  const kernel = join(PROJECT, "dist", "tools", "kernel", "kernel.js");
  return {
    argv: [
      process.execPath,
      `--max-old-space-size=${heap}`,
      "--enable-source-maps",
      "--no-warnings",
      kernel,
      "{connection_file}",
    ],
    // Node looks here for packages that no folder above the notebook has.
    env: { NODE_PATH: PACKAGES },
  };
}

function folderIn(data: string): string {
  return join(data, "kernels", KERNEL_NAME);
}

/** The folder, in a data folder of Jupyter, from which its server gives plotly.js to pages with charts. */
function plotlyFolder(data: string): string {
  return join(data, "labextensions", PLOTLY_EXTENSION);
}

/** Writes the kernelspec and plotly.js into a data folder of Jupyter; returns the kernelspec's folder. */
export async function writeKernelSpec(data: string): Promise<string> {
  const folder = folderIn(data);
  const spec = {
    ...kernelSpec(),
    display_name: "TypeScript (schedlab)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false, schedlab: PROJECT },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
  await mkdir(plotlyFolder(data), { recursive: true });
  await copyFile(plotlyPath(), join(plotlyFolder(data), PLOTLY_FILE));
  return folder;
}

/**
 * Returns the folder in which Jupyter keeps this user's data, as `jupyter --data-dir` prints it
 * (jupyter_core/paths.py), where JUPYTER_PLATFORM_DIRS is not set.
 */
export function userData(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const { JUPYTER_DATA_DIR, JUPYTER_CONFIG_DIR, APPDATA, XDG_DATA_HOME } = env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (platform !== "win32") return join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
  if (APPDATA) return join(APPDATA, "jupyter");
  return join(JUPYTER_CONFIG_DIR || join(homedir(), ".jupyter"), "data");
}

/**
 * Makes the kernel known to every Jupyter of this user, and to VS Code. Replaces the kernelspec of another
 * checkout; throws InputError where the name belongs to another kernel.
 */
export async function installKernel(say: (line: string) => void): Promise<void> {
  const before = readOwner();
  const folder = await writeKernelSpec(userData());
  if (before !== undefined && before !== PROJECT) say(`it was the kernel of ${before}, and is replaced`);
  say(`the kernel "TypeScript (schedlab)" of this checkout is installed: ${folder}`);
  say(`Jupyter, nbclient and VS Code find it under the name ${KERNEL_NAME}; keep ${PROJECT}, where it runs`);
  say("to remove it: npm run lab -- --uninstall-kernel");
}

/** Undoes `installKernel`. Throws InputError where there is nothing to remove, or another kernel. */
export async function uninstallKernel(say: (line: string) => void): Promise<void> {
  const folder = folderIn(userData());
  const owner = readOwner();
  if (owner === undefined) throw new InputError(`no kernel is installed in ${folder}`);
  await rm(folder, { recursive: true });
  await rm(plotlyFolder(userData()), { recursive: true, force: true });
  say(`removed ${folder}${owner === PROJECT ? "" : `, the kernel of ${owner}`}`);
}

/** Returns the checkout of the user's kernel; undefined where there is none. */
function readOwner(): string | undefined {
  const file = join(folderIn(userData()), "kernel.json");
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  try {
    const { metadata } = JSON.parse(text) as { metadata?: { schedlab?: unknown } };
    if (typeof metadata?.schedlab === "string") return metadata.schedlab;
  } catch {
    // Not a kernelspec of ours.
  }
  throw new InputError(
    `${file} is not from schedlab; remove it first, with: jupyter kernelspec remove ${KERNEL_NAME}`,
  );
}
