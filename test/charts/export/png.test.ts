import { crc32, inflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { encodePng, withResolution } from "../../../src/charts/export/png.js";

it("encodePng writes chunks with right checks and, uncompressed, the pixels", () => {
  // More than one stored block of 65,535 bytes.
  const [width, height] = [130, 140];
  const pixels = Uint8Array.from({ length: width * height * 4 }, (_, i) => (i * 7) % 256);
  const png = Buffer.from(encodePng({ width, height, pixels }), "base64");
  const data: Buffer[] = [];
  const types: string[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const named = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(named));
    types.push(named.toString("latin1", 0, 4));
    if (types.at(-1) === "IDAT") data.push(named.subarray(4));
    at += 12 + length;
  }
  expect(types).toEqual(["IHDR", "IDAT", "IEND"]);
  // Node's own zlib checks blocks and the Adler-32 sum.
  const lines = inflateSync(Buffer.concat(data));
  expect(lines.length).toBe((width * 4 + 1) * height);
  for (let y = 0; y < height; y++) {
    const line = lines.subarray(y * (width * 4 + 1), (y + 1) * (width * 4 + 1));
    expect(line[0]).toBe(0);
    expect(line.subarray(1).equals(pixels.subarray(y * width * 4, (y + 1) * width * 4))).toBe(true);
  }
});

it("withResolution says after the header how many pixels a meter has", () => {
  const png = Buffer.from(encodePng({ width: 1, height: 1, pixels: Uint8Array.of(1, 2, 3, 4) }), "base64");
  const marked = Buffer.from(withResolution(png, 300));
  // PNG 3rd edition, 11.3.4.3: two numbers of 4 bytes, and 1 for the meter. 300 / 0.0254 is 11,811.02.
  const chunk = Buffer.from("00000009" + "70485973" + "00002e23" + "00002e23" + "01", "hex");
  expect(marked.subarray(33, 33 + chunk.length)).toEqual(chunk);
  expect(marked.readUInt32BE(33 + chunk.length)).toBe(crc32(chunk.subarray(4)));
  expect(Buffer.concat([marked.subarray(0, 33), marked.subarray(33 + chunk.length + 4)])).toEqual(png);
});
