/**
 * Kills conversions of a generated trace at random moments, N times in all, and compares the bytes that each
 * ends with at last with those of an undisturbed one. Usage, after `npm run build`: node
 * test/robustness/convert-kills.mjs [N, default 100] [seed]
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clearTimeout, setTimeout } from "node:timers";
import { generateWorkload } from "../../dist/index.js";
import { randomStream } from "../../dist/base/random.js";
import { writeGoogle2011 } from "../../dist/traces/google2011-writer/write.js";

const [kills = "100", seed = "1"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "schedlab-kills-"));
const trace = join(folder, "trace");
const out = join(folder, "out.arrow");
const script = new URL("./convert-once.mjs", import.meta.url).pathname;
const random = randomStream(Number(seed), "noise", "kills");

/** Runs a conversion, killed after some milliseconds; true where it was killed before its end. */
async function run(after = Infinity) {
  const child = spawn(process.execPath, [script, trace, out], { stdio: ["ignore", "ignore", "inherit"] });
  const timer = after === Infinity ? undefined : setTimeout(() => child.kill("SIGKILL"), after);
  const signal = await new Promise((end) => child.on("close", (_, by) => end(by)));
  clearTimeout(timer);
  return signal === "SIGKILL";
}

const finish = () => {
  const hash = createHash("sha256").update(readFileSync(out)).digest("hex");
  const left = readdirSync(folder).filter((name) => name !== "trace" && name !== "out.arrow");
  if (left.length > 0) throw new Error(`left behind: ${left.join(", ")}`);
  rmSync(out);
  return hash;
};

try {
  await writeGoogle2011(generateWorkload({ machines: 60, steps: 200, seed: 1 }), trace);
  const began = performance.now();
  await run();
  const time = performance.now() - began;
  const expected = finish();
  let killed = 0;
  let conversions = 0;
  while (killed < Number(kills)) {
    while (killed < Number(kills) && (await run(random() * time * 1.1))) killed++;
    await run();
    conversions++;
    if (finish() !== expected) throw new Error(`other bytes after ${killed} kills`);
  }
  console.log(
    `${killed} kills in ${conversions} conversions of ${Math.round(time)} ms: the same bytes every time`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
