import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What a server does with one request for a file: all of it in order, or as one of these. */
export type Fault =
  /** Sends this many bytes of what it announced, then drops the connection. */
  | { readonly drop: number }
  /** Announces and sends this many bytes, then ends as if that were all. */
  | { readonly truncate: number }
  /** Sends the whole file with status 200, whatever range was asked for. */
  | "ignore range"
  /** Sends the range with status 206 without looking at If-Range. */
  | "ignore if-range"
  /** Sends this many bytes, and nothing more. */
  | { readonly stall: number }
  | { readonly status: number };

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

export interface ServedFile {
  readonly bytes: Buffer;
  readonly etag: string | undefined;
  /** Its length is not said, as by servers that make archives while they send them. */
  readonly isChunked?: boolean;
}

export interface UnreliableServer {
  readonly url: string;
  /** By path, without the leading slash; each may be replaced at any time. */
  readonly files: Map<string, ServedFile>;
  /** By path: where the server says that the file lies instead. */
  readonly redirects: Map<string, string>;
  /** By path: what to do with the first GET, the second, ...; none left: all in order. */
  readonly faults: Map<string, (Fault | (() => void))[]>;
  readonly requests: Request[];
  /**
   * How many bytes of the file the client says it has: a connection is dropped when all that was sent is
   * there, since what is under way is lost. Undefined: it is dropped 20 ms later, whatever has come by then.
   */
  received: number | undefined;
  readonly close: () => Promise<void>;
}

/** A file server on this machine that fails as it is told to. */
export async function startServer(): Promise<UnreliableServer> {
  const files: UnreliableServer["files"] = new Map();
  const faults: UnreliableServer["faults"] = new Map();
  const redirects: UnreliableServer["redirects"] = new Map();
  const requests: Request[] = [];
  const dropWhenReceived = async (bytes: number, response: ServerResponse): Promise<void> => {
    for (let waited = 0; waited < 2000; waited += 10) {
      await sleep(10);
      if (state.received === undefined ? waited >= 20 : state.received >= bytes) break;
    }
    response.destroy();
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? "/").slice(1);
    const { range, "if-range": ifRange } = request.headers;
    requests.push({
      method: request.method ?? "",
      path,
      range,
      ifRange: typeof ifRange === "string" ? ifRange : undefined,
    });
    const target = redirects.get(path);
    if (target !== undefined) {
      response.writeHead(302, { location: `/${target}` }).end();
      return;
    }
    let fault = request.method === "GET" ? faults.get(path)?.shift() : undefined;
    if (typeof fault === "function") {
      fault();
      fault = undefined;
    }
    const file = files.get(path);
    if (file === undefined || (typeof fault === "object" && "status" in fault)) {
      response.writeHead(typeof fault === "object" && "status" in fault ? fault.status : 404).end("<html>");
      return;
    }
    const { bytes, etag, isChunked = false } = file;
    const from = /^bytes=(\d+)-$/.exec(range ?? "")?.[1];
    const isSame = fault === "ignore if-range" || ifRange === etag;
    const begin = from !== undefined && fault !== "ignore range" && isSame ? Number(from) : 0;
    const sent = bytes.subarray(begin);
    const length = typeof fault === "object" && "truncate" in fault ? fault.truncate : sent.length;
    response.writeHead(begin > 0 ? 206 : 200, {
      ...(isChunked ? {} : { "content-length": length }),
      ...(etag === undefined ? {} : { etag }),
      ...(begin > 0 ? { "content-range": `bytes ${begin}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    if (request.method === "HEAD") response.end();
    else if (typeof fault !== "object") response.end(sent);
    else if ("truncate" in fault) response.end(sent.subarray(0, fault.truncate));
    else if ("drop" in fault) {
      const sentSoFar = sent.subarray(0, fault.drop);
      response.write(sentSoFar);
      void dropWhenReceived(begin + sentSoFar.length, response);
    } else if ("stall" in fault) response.write(sent.subarray(0, fault.stall));
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const state: UnreliableServer = {
    url: `http://127.0.0.1:${port}`,
    files,
    faults,
    redirects,
    requests,
    received: undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return state;
}
