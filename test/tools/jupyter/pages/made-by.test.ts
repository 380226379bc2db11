import { describe, expect, it } from "vitest";
import { commandOf, madeByHtml, madeNow } from "../../../../src/tools/jupyter/pages/made-by.js";
import { NOTEBOOKS } from "../../../../src/tools/jupyter/project.js";

describe("commandOf", () => {
  it.each([
    [{}, "npm run reproduce"],
    [{ only: ["03"], machines: 100 }, "npm run reproduce -- --only 03 --machines 100"],
    [{ quick: true, language: "zh" }, "npm run reproduce -- --language zh --quick"],
    [{ trace: "google2011:../my data" }, "npm run reproduce -- --trace 'google2011:../my data'"],
    [{ only: ["it's"] }, "npm run reproduce -- --only 'it'\\''s'"],
  ])("writes %j as %s", (options, command) => {
    expect(commandOf(options)).toBe(command);
  });

  it("names the folder of the notebooks where it is another than the project's", () => {
    expect(commandOf({ notebooks: NOTEBOOKS })).toBe("npm run reproduce");
    expect(commandOf({ notebooks: "mine" })).toBe("npm run reproduce -- --notebooks mine");
  });

  it("leaves out where pages are written and how many at a time: it does not change them", () => {
    expect(commandOf(Object.assign({ only: ["03"] }, { out: "/home/me", jobs: 2 }))).toBe(
      "npm run reproduce -- --only 03",
    );
  });
});

it("says date, version and commit", async () => {
  const made = await madeNow(new Date("2025-11-29T03:46:59.9Z"));
  expect(made.date).toBe("2025-11-29 03:46 UTC");
  const html = madeByHtml("npm run reproduce -- --trace '<a>'", { ...made, version: "1.2.3", commit: "abc" });
  expect(html).toContain("--trace '&#60;a&#62;'</code>");
  expect(html).toContain("2025-11-29 03:46 UTC, schedlab 1.2.3, commit abc");
  expect(madeByHtml("c", { date: "d", version: "1" })).not.toContain("commit");
});
