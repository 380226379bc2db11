import { crc32 } from "node:zlib";

/**
 * Returns a PNG of RGBA pixels in base64. The pixels are stored uncompressed, because compressors differ
 * between machines and versions, but a chart's bytes must not.
 */
export function encodePng({
  width,
  height,
  pixels,
}: {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}): string {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits per channel, with alpha.
  header.set([8, 6, 0, 0, 0], 8);
  const row = width * 4;
  const lines = Buffer.alloc((row + 1) * height);
  // Each line begins with the number of its filter; 0 means none.
  for (let y = 0; y < height; y++) lines.set(pixels.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", storedZlib(lines)),
    chunk("IEND", Buffer.alloc(0)),
  ]).toString("base64");
}

/** Returns the PNG with its resolution (a pHYs chunk), so that programs show it in its size on paper. */
export function withResolution(png: Uint8Array, dotsPerInch: number): Uint8Array {
  const size = Buffer.alloc(9);
  const dotsPerMeter = Math.round(dotsPerInch / 0.0254);
  size.writeUInt32BE(dotsPerMeter, 0);
  size.writeUInt32BE(dotsPerMeter, 4);
  // The unit is the meter.
  size[8] = 1;
  // The chunk belongs between the header, which always has 25 bytes after the signature, and the pixels.
  return Buffer.concat([png.subarray(0, HEADER_END), chunk("pHYs", size), png.subarray(HEADER_END)]);
}

const HEADER_END = 8 + 25;

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** A zlib stream of stored blocks (RFC 1950 and 1951). */
function storedZlib(data: Buffer): Buffer {
  const most = 0xffff;
  const parts: Buffer[] = [Buffer.from([0x78, 0x01])];
  for (let at = 0; at < data.length || at === 0; at += most) {
    const block = data.subarray(at, at + most);
    const head = Buffer.alloc(5);
    head[0] = at + most >= data.length ? 1 : 0;
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(~block.length & 0xffff, 3);
    parts.push(head, block);
  }
  const check = Buffer.alloc(4);
  check.writeUInt32BE(adler32(data));
  return Buffer.concat([...parts, check]);
}

function adler32(data: Buffer): number {
  let a = 1;
  let b = 0;
  for (const byte of data) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}
