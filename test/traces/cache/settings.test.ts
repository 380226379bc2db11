import { join } from "node:path";
import { expect, it } from "vitest";
import { cacheSettings } from "../../../src/traces/cache/settings.js";

it("is in the user's folder for caches, unless the environment says otherwise", () => {
  expect(cacheSettings({})).toMatchObject({
    folder: expect.stringMatching(/schedlab/) as unknown,
    bytes: 4e9,
  });
  expect(cacheSettings({ SCHEDLAB_CACHE: join("x", "y"), SCHEDLAB_CACHE_GB: ".5" })).toMatchObject({
    folder: join("x", "y"),
    bytes: 5e8,
  });
});

it("is off where the environment says so", () => {
  expect(cacheSettings({ SCHEDLAB_CACHE: "off" })).toBeUndefined();
});

it.each(["many", "-1", "Infinity"])("refuses a limit of %s", (limit) => {
  expect(() => cacheSettings({ SCHEDLAB_CACHE_GB: limit })).toThrow(
    `SCHEDLAB_CACHE_GB is ${limit}: give a number of GB, such as 4`,
  );
});
