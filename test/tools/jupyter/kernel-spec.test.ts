import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { installKernel, uninstallKernel, userData } from "../../../src/tools/jupyter/kernel-spec.js";
import { PROJECT } from "../../../src/tools/jupyter/project.js";

const home = homedir();

// What `jupyter --data-dir` prints (jupyter_core 5.9, paths.py).
it.each<[string, NodeJS.Platform, NodeJS.ProcessEnv]>([
  [join(home, ".local", "share", "jupyter"), "linux", {}],
  ["/data/jupyter", "linux", { XDG_DATA_HOME: "/data" }],
  [join(home, "Library", "Jupyter"), "darwin", { XDG_DATA_HOME: "/data" }],
  [join("/app", "jupyter"), "win32", { APPDATA: "/app" }],
  [join(home, ".jupyter", "data"), "win32", {}],
  [join("/conf", "data"), "win32", { JUPYTER_CONFIG_DIR: "/conf" }],
  ["/mine", "darwin", { JUPYTER_DATA_DIR: "/mine" }],
])("finds the user's data in %s on %s with %o", (folder, platform, env) => {
  expect(userData(env, platform)).toBe(folder);
});

let data: string;
let said: string[];
const say = (line: string): void => void said.push(line);
const file = (): string => join(data, "kernels", "schedlab", "kernel.json");
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "schedlab-data-"));
  vi.stubEnv("JUPYTER_DATA_DIR", data);
  said = [];
});
afterEach(() => vi.unstubAllEnvs());

it("installs the kernel with absolute paths, says where and how to remove it, and removes it", async () => {
  await installKernel(say);
  await installKernel(say);
  const { argv, env, language, interrupt_mode } = JSON.parse(readFileSync(file(), "utf8")) as {
    argv: string[];
    env: Record<string, string>;
    language: string;
    interrupt_mode: string;
  };
  expect([argv[0], argv.at(-1)]).toEqual([process.execPath, "{connection_file}"]);
  expect(argv).toContain(join(PROJECT, "dist", "tools", "kernel", "kernel.js"));
  expect(env).toEqual({ NODE_PATH: join(PROJECT, "node_modules") });
  expect([language, interrupt_mode]).toEqual(["typescript", "message"]);
  expect(said.join("\n")).toContain(join(data, "kernels", "schedlab"));
  expect(said.join("\n")).toContain("npm run lab -- --uninstall-kernel");
  expect(said.join("\n")).not.toContain("replaced");
  await uninstallKernel(say);
  expect(existsSync(join(data, "kernels", "schedlab"))).toBe(false);
  await expect(uninstallKernel(say)).rejects.toThrow("no kernel is installed");
});

it("replaces the kernel of another checkout and says so", async () => {
  mkdirSync(join(data, "kernels", "schedlab"), { recursive: true });
  writeFileSync(file(), JSON.stringify({ argv: ["node"], metadata: { schedlab: "/elsewhere" } }));
  await installKernel(say);
  expect(said[0]).toBe("it was the kernel of /elsewhere, and is replaced");
  expect(readFileSync(file(), "utf8")).toContain(JSON.stringify(PROJECT));
});

it.each(['{ "argv": ["python"] }', "{", ""])(
  "leaves a foreign kernel of this name alone: %s",
  async (text) => {
    mkdirSync(join(data, "kernels", "schedlab"), { recursive: true });
    writeFileSync(file(), text);
    await expect(installKernel(say)).rejects.toThrow("is not from schedlab; remove it first");
    await expect(uninstallKernel(say)).rejects.toThrow("is not from schedlab");
    expect(readFileSync(file(), "utf8")).toBe(text);
  },
);
