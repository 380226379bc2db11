import { expect } from "vitest";

/**
 * Returns whether something could be drawn. On a developer's machine without Chromium the test prints a note
 * and passes; in CI, and wherever the npm package's Chromium runs (Linux on x64), a missing browser is a
 * failure.
 */
export function requireBrowser<T>(drawn: T | undefined): drawn is T {
  if (drawn !== undefined) return true;
  const packaged = process.platform === "linux" && process.arch === "x64";
  expect(packaged || process.env.CI !== undefined, "no Chromium here, though one comes with npm ci").toBe(
    false,
  );
  process.stderr.write("skipped: no Chromium on this machine; set CHROME_PATH\n");
  return false;
}
