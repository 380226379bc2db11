/** Finds the Chromium that draws charts: that of the system, else the one in npm's @sparticuz/chromium. */
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { makeFolder } from "../../base/files.js";
import { userCache } from "../../base/user-cache.js";

/** Where to look for a browser: everywhere, only on the system, or nowhere. */
export type BrowserChoice = "auto" | "system" | "none";

/** A browser to try, with the folder of shared libraries that it may need. */
export interface BrowserProgram {
  readonly path: string;
  readonly libraries?: string;
}

const require = createRequire(import.meta.url);

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome-headless-shell",
];

const ELSEWHERE: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  ],
};

/**
 * Returns the browsers to try, best first. Of the system's browsers, only CHROME_PATH is tried where it is
 * set, else those on PATH and in the usual places. The packaged browser (Linux on x64) comes last, unless
 * `choice` is "system".
 */
export async function findBrowsers(
  choice: BrowserChoice = "auto",
  environment: NodeJS.ProcessEnv = process.env,
): Promise<BrowserProgram[]> {
  if (choice === "none") return [];
  const system = await systemBrowsers(environment);
  return choice === "system" ? system : [...system, ...(await packagedBrowser())];
}

async function systemBrowsers(environment: NodeJS.ProcessEnv): Promise<BrowserProgram[]> {
  const chosen = environment.CHROME_PATH;
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates =
    chosen !== undefined && chosen !== ""
      ? [chosen]
      : [
          ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
          ...(ELSEWHERE[process.platform] ?? []),
        ];
  const usable = await Promise.all(candidates.map(isExecutable));
  return candidates.filter((_, i) => usable[i]).map((path) => ({ path }));
}

/**
 * Unpacks the packaged Chromium (190 MB, 2 s) once into the user's cache folder. It is unpacked under a
 * unique name and then renamed, because the package's own unpacking is not safe when two processes do it.
 */
async function packagedBrowser(): Promise<BrowserProgram[]> {
  if (process.platform !== "linux" || process.arch !== "x64") return [];
  try {
    const entry = require.resolve("@sparticuz/chromium");
    const folder = join(await userCache(), `chromium-${await packageVersion(entry)}`);
    if (!(await isExecutable(join(folder, "chromium")))) await unpack(entry, folder);
    const path = join(folder, "chromium");
    return [{ path }, { path, libraries: join(folder, "al2023", "lib") }];
  } catch {
    // The optional package is not installed, or the disk is full. A missing browser is not an error here.
    return [];
  }
}

async function packageVersion(entry: string): Promise<string> {
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
    const { version } = JSON.parse(text) as { version?: string };
    if (version !== undefined) return version;
  }
  return "unknown";
}

async function unpack(entry: string, folder: string): Promise<void> {
  makeFolder(dirname(folder));
  const temporary = await mkdtemp(`${folder}-`);
  try {
    const program =
      `import(${JSON.stringify(entry)}).then(({ default: c }) => (c.default ?? ` + "c).executablePath())";
    // The package unpacks to the temporary folder. It unpacks its shared libraries only on AWS Lambda, so the
    // environment pretends to be that.
    await promisify(execFile)(process.execPath, ["-e", program], {
      env: { ...process.env, TMPDIR: temporary, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" },
    });
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // It is no failure where another process was faster.
    if (!(await isExecutable(join(folder, "chromium")))) throw error;
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
