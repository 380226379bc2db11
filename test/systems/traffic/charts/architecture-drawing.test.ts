import { expect, it } from "vitest";
import { trafficDrawing } from "../../../../src/systems/traffic/charts/architecture-drawing.js";
import { bigSwitch } from "../../../../src/systems/traffic/network.js";

it("names the servers, their queues and the speed of the links in both languages", () => {
  const { says, data, layout, table } = trafficDrawing(bigSwitch(32, 10), 3);
  expect(says).toMatchObject({ en: expect.stringContaining("32 servers") as string });
  const all = JSON.stringify([data, layout, table]);
  for (const part of ["Server 31", "服务器 31", "queue 3", "队列 3"]) expect(all).toContain(part);
  expect(all).not.toContain("queue 4");
  expect(JSON.stringify(says)).toContain("10 Gbit/s");
});

it("draws two servers as two", () => {
  const text = JSON.stringify(trafficDrawing(bigSwitch(2)));
  expect(text).toContain("Server 1");
  expect(text).not.toContain("Server 2");
});
