import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { parseTrace, TRACE_SYNTAX } from "../../src/traces/trace-spec.js";

describe("parseTrace", () => {
  it.each([
    ["synthetic", { format: "synthetic", options: "" }],
    ["synthetic:days=2", { format: "synthetic", options: "days=2" }],
    ["google2011:/data/2011:2", { format: "google2011", folder: "/data/2011:2" }],
    ["planetlab:day.arrow", { format: "planetlab", folder: "day.arrow" }],
    ["swf:log.swf.gz", { format: "swf", file: "log.swf.gz" }],
    ["./a/b.arrow", { format: "arrow", file: "./a/b.arrow" }],
    ["C:\\a.arrow", { format: "arrow", file: "C:\\a.arrow" }],
  ])("%s", (spec, trace) => {
    expect(parseTrace(spec)).toEqual(trace);
  });

  const known = `give one of ${TRACE_SYNTAX}`;
  it("names every format", () => {
    expect(TRACE_SYNTAX).toBe(
      "synthetic[:KEY=VALUE,...], google2011:DIR, google2019:DIR, alibaba2018:DIR, azure2019:DIR, " +
        "bitbrains:DIR, opendc:DIR, planetlab:DIR, swf:FILE, table:FILE, FILE.arrow",
    );
  });

  it.each([
    ["google2012:x", `unknown trace: google2012:x (did you mean google2011?); ${known}`],
    ["parquet:x", `unknown trace: parquet:x; ${known}`],
    ["", `unknown trace: ; ${known}`],
    ["google2011", "no folder in trace google2011; write google2011:DIR"],
    ["planetlab:", "no folder in trace planetlab:; write planetlab:DIR"],
    ["swf:", "no file in trace swf:; write swf:FILE"],
  ])("refuses %j", (spec, message) => {
    expect(() => parseTrace(spec)).toThrow(new InputError(message));
  });
});
