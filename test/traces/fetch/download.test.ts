import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { download } from "../../../src/traces/fetch/download.js";
import { startServer, type Fault, type UnreliableServer } from "./unreliable-server.js";

let folder: string;
let server: UnreliableServer;
let url: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-download-"));
  server = await startServer();
  url = `${server.url}/file`;
  path = join(folder, "file");
  server.files.set("file", OLD);
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const content = (seed: number, length = 100_000): Buffer =>
  Buffer.from(Uint8Array.from({ length }, (_, i) => (i * seed + (i >> 8)) & 255));
const OLD = { bytes: content(7), etag: '"old"' };
const NEW = { bytes: content(11), etag: '"new"' };
const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
const QUICK = { attempts: 3, pauseMs: 1 };
/** Tells the server what has come, so that it drops connections when all that was sent is there. */
const counted = (): { readonly onBytes: (bytes: number) => void; readonly bytes: () => number } => {
  let bytes = 0;
  server.received = 0;
  return {
    onBytes: (more) => (server.received = bytes += more),
    bytes: () => bytes,
  };
};
const ranges = (): (string | undefined)[] => server.requests.map(({ range }) => range);

async function refusal(options: object = QUICK): Promise<string> {
  const error: unknown = await download(url, path, options).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).not.toContain("\n");
  expect(await readdir(folder)).not.toContain("file");
  return (error as InputError).message;
}

async function expectFile(bytes: Buffer): Promise<void> {
  expect((await readFile(path)).equals(bytes)).toBe(true);
  expect(await readdir(folder)).toEqual(["file"]);
}

describe("download", () => {
  it("brings a file, checked as far as can be", async () => {
    expect(await download(url, path, { ...QUICK, sha256: sha256(OLD.bytes) })).toBe("sha256");
    await expectFile(OLD.bytes);
    expect(await download(url, path, QUICK)).toBe("length");
  });

  it("goes on where connections drop, and asks for the same file", async () => {
    server.faults.set("file", [{ drop: 30_000 }, { drop: 20_000 }]);
    const { onBytes, bytes } = counted();
    await download(url, path, { ...QUICK, onBytes });
    await expectFile(OLD.bytes);
    expect(server.requests.map(({ ifRange }) => ifRange)).toEqual([undefined, '"old"', '"old"']);
    expect(ranges()).toEqual([undefined, "bytes=30000-", "bytes=50000-"]);
    expect(bytes()).toBe(100_000);
  });

  it("goes on with what an earlier process left", async () => {
    server.faults.set("file", [{ drop: 70_000 }, { status: 503 }, { status: 503 }, { status: 503 }]);
    expect(await refusal({ ...QUICK, onBytes: counted().onBytes })).toMatch(
      /^the server is not able to send .* \(503\); try again later/,
    );
    expect((await readdir(folder)).sort()).toEqual(["file.part", "file.part.json"]);
    server.requests.length = 0;
    await download(url, path, QUICK);
    await expectFile(OLD.bytes);
    expect(ranges()).toEqual(["bytes=70000-"]);
  });

  it("begins anew where the server has no ranges", async () => {
    server.faults.set("file", [{ drop: 30_000 }, "ignore range"]);
    const { onBytes, bytes } = counted();
    await download(url, path, { ...QUICK, onBytes });
    await expectFile(OLD.bytes);
    expect(bytes()).toBe(100_000);
  });

  it.each(["in order", "ignore if-range"] as const)(
    "begins anew where the file has changed, with a server that works %s",
    async (how) => {
      const { onBytes } = counted();
      server.faults.set("file", [{ drop: 30_000 }, ...(how === "in order" ? [] : [how])]);
      await download(url, path, {
        ...QUICK,
        onBytes: (bytes) => {
          server.files.set("file", NEW);
          onBytes(bytes);
        },
      });
      await expectFile(NEW.bytes);
    },
  );

  it("waits for a server that is busy at first", async () => {
    server.faults.set("file", [{ status: 503 }, { status: 429 }]);
    await download(url, path, QUICK);
    await expectFile(OLD.bytes);
  });

  it("takes a connection without bytes for a dropped one", async () => {
    server.faults.set("file", [{ stall: 40_000 }]);
    await download(url, path, { ...QUICK, stallMs: 200 });
    await expectFile(OLD.bytes);
    expect(ranges()).toEqual([undefined, "bytes=40000-"]);
  });

  it("does not trust half a file of which it knows nothing", async () => {
    await writeFile(`${path}.part`, "something else");
    await download(url, path, QUICK);
    await expectFile(OLD.bytes);
    expect(ranges()).toEqual([undefined]);
    server.files.set("file", { ...OLD, etag: undefined });
    server.faults.set("file", [{ drop: 10 }]);
    await download(url, path, QUICK);
    expect(ranges()).toEqual([undefined, undefined, undefined]);
  });

  it("tries once more where the SHA-256 is not the expected one, from the beginning", async () => {
    server.faults.set("file", [{ truncate: 50_000 }]);
    await download(url, path, { ...QUICK, sha256: sha256(OLD.bytes) });
    await expectFile(OLD.bytes);
    expect(ranges()).toEqual([undefined, undefined]);
  });

  it("ends with the right bytes or none, whatever goes wrong", async () => {
    const faults: fc.Arbitrary<Fault> = fc.oneof(
      fc.record({ drop: fc.nat(100_000) }),
      fc.record({ truncate: fc.nat(99_999) }),
      fc.record({ status: fc.constantFrom(500, 502, 503, 429, 416) }),
      fc.constantFrom<Fault>("ignore range", "ignore if-range"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(faults, { maxLength: 4 }), fc.boolean(), async (list, changes) => {
        await rm(path, { force: true });
        server.files.set("file", OLD);
        const turn = (): void => void server.files.set("file", NEW);
        server.faults.set("file", changes ? [...list.slice(0, 1), turn, ...list.slice(1)] : list.slice());
        const expected = changes ? NEW.bytes : OLD.bytes;
        // The first answer may be of the old file: its SHA-256 is wrong, which is allowed once.
        const result = await download(url, path, { attempts: 6, pauseMs: 0, sha256: sha256(expected) }).catch(
          (error: unknown) => error,
        );
        if (result === "sha256") expect((await readFile(path)).equals(expected)).toBe(true);
        else {
          expect(result).toBeInstanceOf(InputError);
          expect(await readdir(folder)).not.toContain("file");
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("download gives up", () => {
  it("where the file is not there, not for everybody, or never the published one", async () => {
    server.files.clear();
    expect(await refusal()).toMatch(
      /^no such file: http:\S+\/file \(404\); check what you asked for, and --from$/,
    );
    server.files.set("file", OLD);
    server.faults.set("file", [{ status: 403 }]);
    expect(await refusal()).toMatch(/^no access to .* \(403\)/);
    expect(server.requests.length).toBe(2);
    expect(await refusal({ ...QUICK, sha256: sha256(NEW.bytes) })).toMatch(/^wrong SHA-256 of .*, twice/);
  });

  it("where attempts bring nothing, or nothing further", async () => {
    server.faults.set(
      "file",
      Array.from({ length: 9 }, () => ({ drop: 0 })),
    );
    expect(await refusal()).toMatch(/^the connection to .* drops, again and again/);
    expect(server.requests.length).toBe(3);
    server.requests.length = 0;
    server.files.set("file", { ...OLD, etag: undefined });
    server.faults.set(
      "file",
      Array.from({ length: 9 }, (_, i) => ({ drop: i % 2 === 0 ? 90_000 : 80_000 })),
    );
    await refusal({ ...QUICK, onBytes: counted().onBytes });
    // 90,000 bytes are further than none, then three times nothing further.
    expect(server.requests.length).toBe(4);
  });

  it("where there is no server", async () => {
    await server.close();
    expect(await refusal()).toMatch(/^cannot reach 127\.0\.0\.1:\d+: .*ECONNREFUSED.*; check the network/);
    server = await startServer();
  });

  it("where the file cannot be written", async () => {
    path = join(folder, "none", "file");
    expect(await refusal()).toMatch(/^cannot write .*: no such folder/);
  });
});
