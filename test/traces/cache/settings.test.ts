import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { cacheSettings } from "../../../src/traces/cache/settings.js";

it("is in the user's folder for caches, unless the environment says otherwise", async () => {
  for (const environment of [{}, { SCHEDLAB_CACHE: "", SCHEDLAB_CACHE_GB: "" }])
    expect(await cacheSettings(environment)).toMatchObject({
      folder: expect.stringMatching(/schedlab.workloads$/) as unknown,
      bytes: 4e9,
    });
  const chosen = { SCHEDLAB_CACHE: join("x", "y"), SCHEDLAB_CACHE_GB: ".5" };
  expect(await cacheSettings(chosen)).toMatchObject({ folder: resolve("x", "y"), bytes: 5e8 });
});

it.each([
  { SCHEDLAB_CACHE: "off" },
  { SCHEDLAB_CACHE: "OFF" },
  { SCHEDLAB_CACHE: "0" },
  { SCHEDLAB_CACHE_GB: "0" },
])("is off where the environment is %o", async (environment) => {
  expect(await cacheSettings(environment)).toBeUndefined();
});

it.each(["many", "-1", "Infinity"])("refuses a limit of %s", async (limit) => {
  await expect(cacheSettings({ SCHEDLAB_CACHE_GB: limit })).rejects.toThrow(
    `SCHEDLAB_CACHE_GB is ${limit}: give a number of GB, such as 4`,
  );
});
