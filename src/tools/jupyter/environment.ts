/**
 * The project's private Python environment, `.venv`, with JupyterLab, nbconvert, papermill and our kernel.
 */
import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { InputError } from "../../base/errors.js";
import { writeKernelSpec } from "./kernel-spec.js";
import { ENVIRONMENT, PAPERMILL, PROJECT, PYTHON_FILES } from "./project.js";

const run = promisify(execFile);
const OLDEST_PYTHON = [3, 9] as const;

const isWindows = process.platform === "win32";
/** The environment's Python. */
export const PYTHON: string = isWindows
  ? join(ENVIRONMENT, "Scripts", "python.exe")
  : join(ENVIRONMENT, "bin", "python");
const STAMP = join(ENVIRONMENT, "schedlab.json");

/** Variables that make the environment's Jupyter find our kernel before the user's, and our modules. */
export const JUPYTER_VARIABLES: Readonly<Record<string, string>> = {
  JUPYTER_PREFER_ENV_PATH: "1",
  PYTHONNOUSERSITE: "1",
  PYTHONPATH: PYTHON_FILES,
  // A folder of bytecode in src would look like a change that needs a build.
  PYTHONDONTWRITEBYTECODE: "1",
};

/**
 * Creates the environment where it is missing or was created from other requirements, and installs the
 * kernel. Throws InputError where there is no Python 3.9 or later with venv, or where packages cannot be
 * installed.
 */
export async function ensureEnvironment(log: (line: string) => void): Promise<void> {
  const requirements = join(PYTHON_FILES, "requirements.txt");
  const own = (await readdir(PAPERMILL)).filter((name) => /\.(py|toml)$/.test(name)).sort();
  const hash = createHash("sha256");
  for (const file of [requirements, ...own.map((name) => join(PAPERMILL, name))]) {
    hash.update(await readFile(file));
  }
  const stamp = JSON.stringify({ project: PROJECT, requirements: hash.digest("hex") });
  if (!(await isMade(stamp))) {
    const python = await findPython();
    log(`creating the Python environment .venv (only once; about 200 MB)`);
    await rm(ENVIRONMENT, { recursive: true, force: true });
    await createEnvironment(python);
    await install(["--only-binary", ":all:", "--require-hashes", "-r", requirements]);
    await install(["--no-index", "--no-deps", PAPERMILL]);
    // Otherwise our package.json would make Node treat JupyterLab's CommonJS scripts as ES modules.
    await writeFile(join(ENVIRONMENT, "package.json"), '{ "type": "commonjs" }\n');
    await writeFile(STAMP, stamp);
  }
  // In the environment only, not for the machine or the user.
  await writeKernelSpec(join(ENVIRONMENT, "share", "jupyter"));
  await writeLabSettings();
}

async function isMade(stamp: string): Promise<boolean> {
  return existsSync(PYTHON) && existsSync(STAMP) && (await readFile(STAMP, "utf8")) === stamp;
}

/** Returns a Python that is new enough: $PYTHON, or the first of the usual names that works. */
async function findPython(): Promise<string> {
  const given = process.env.PYTHON;
  const names = given === undefined ? ["python3", "python"] : [given];
  let found = "";
  for (const name of names) {
    try {
      const { stdout } = await run(name, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]);
      const [major = 0, minor = 0] = stdout.trim().split(".").map(Number);
      if (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]) return name;
      found = `; ${name} is ${stdout.trim()}`;
    } catch {
      // This Python does not exist: try the next name.
    }
  }
  throw new InputError(
    `no Python ${OLDEST_PYTHON.join(".")} or later${found}; install one (Debian: apt-get ` +
      "install python3 python3-venv) " +
      "or name it: PYTHON=/path/to/python3",
  );
}

async function createEnvironment(python: string): Promise<void> {
  try {
    await run(python, ["-m", "venv", ENVIRONMENT]);
  } catch (error) {
    await rm(ENVIRONMENT, { recursive: true, force: true });
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    if (/ensurepip|No module named venv/.test(stdout + stderr)) {
      throw new InputError(`${python} has no venv; install it (Debian: apt-get install python3-venv)`);
    }
    throw new InputError(`${python} -m venv failed: ${lastLine(stderr) || message}`);
  }
}

async function install(what: readonly string[]): Promise<void> {
  const options = ["--disable-pip-version-check", "--no-input", "--quiet"];
  try {
    await run(PYTHON, ["-m", "pip", "install", ...options, ...what], { maxBuffer: 1 << 26 });
  } catch (error) {
    await rm(ENVIRONMENT, { recursive: true, force: true });
    const { stderr = "", message } = error as Error & { stderr?: string };
    throw new InputError(
      `the Python packages cannot be installed: ${lastLine(stderr) || message}; ` +
        "pip needs its package index, or a folder of wheels in PIP_FIND_LINKS",
    );
  }
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

/**
 * Disables news and update checks, which use the network and cover the first page with a notice; shows the
 * documentation beside completions, and waits for them longer than a second.
 */
async function writeLabSettings(): Promise<void> {
  const folder = join(ENVIRONMENT, "share", "jupyter", "lab", "settings");
  await mkdir(folder, { recursive: true });
  const settings = {
    "@jupyterlab/apputils-extension:notification": {
      fetchNews: "false",
      checkForUpdates: false,
      doNotDisturbMode: true,
    },
    "@jupyterlab/completer-extension:manager": { showDocumentationPanel: true, providerTimeout: 10_000 },
  };
  await writeFile(join(folder, "overrides.json"), `${JSON.stringify(settings, null, 2)}\n`);
}

const PASSED = ["SIGTERM", "SIGHUP"] as const;

/** Runs the environment's Python in the foreground and returns its exit code. */
export function runPython(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(PYTHON, args, {
      cwd: PROJECT,
      stdio: "inherit",
      env: { ...process.env, ...JUPYTER_VARIABLES },
    });
    // The terminal also sends Ctrl-C to the child, which asks for confirmation: ignore the signal and wait
    // for the child.
    const ignore = (): void => undefined;
    process.on("SIGINT", ignore);
    // Other signals reach this process only: without them the child and its kernels would go on.
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
    for (const signal of PASSED) process.on(signal, pass);
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      process.off("SIGINT", ignore);
      for (const signal of PASSED) process.off(signal, pass);
      resolve(code ?? (signal === null ? 1 : 128));
    });
  });
}
