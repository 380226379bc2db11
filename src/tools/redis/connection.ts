/** A connection to Redis that survives outages of limited length. */
import { Redis } from "ioredis";
import { InputError } from "../../base/errors.js";

/** How to reach Redis, and which workers and sweeps work together there. */
export interface RedisOptions {
  /** `redis://[[user]:password@]host[:port][/database]`, or `rediss://` for TLS. */
  readonly url: string;
  /** Prefix of every key in Redis; sweeps and workers with different prefixes do not see each other. */
  readonly prefix: string;
  /** Give up after this many seconds without a connection. */
  readonly patience: number;
  /** Called with one-line messages for the user: an outage, its end, missing workers. */
  readonly onNotice: (line: string) => void;
  /** Stops waiting and working. */
  readonly signal: AbortSignal;
}

export interface RedisConnection {
  readonly client: Redis;
  /** Never resolves. Rejects with InputError where Redis was unreachable for too long or refuses access. */
  readonly failed: Promise<never>;
  readonly close: () => void;
}

/** Redis's answers to a wrong or missing password, to missing rights, and in protected mode. */
const REFUSED = /WRONGPASS|NOAUTH|NOPERM|DENIED|invalid password/;

/**
 * Resolves when the connection is established. During an outage, commands wait, and reconnecting is tried
 * with pauses that grow to three seconds. The password may also be in the environment variable REDISCLI_AUTH,
 * as for `redis-cli`. Rejects with InputError for an invalid address, when `failed` rejects, and when the
 * signal aborts.
 */
export async function connectRedis(options: Omit<RedisOptions, "prefix">): Promise<RedisConnection> {
  const connection = beginConnection(options);
  const ready = new Promise((resolve) => connection.client.once("ready", resolve));
  try {
    // Wait, because BullMQ cannot close a connection that was not yet established.
    await Promise.race([connection.failed, stopped(options.signal), ready]);
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

function beginConnection({ url, patience, onNotice }: Omit<RedisOptions, "prefix">): RedisConnection {
  const address = shownAddress(url);
  const { REDISCLI_AUTH } = process.env;
  const client = new Redis(url, {
    ...(new URL(url).password === "" && REDISCLI_AUTH !== undefined ? { password: REDISCLI_AUTH } : {}),
    // BullMQ requires this: a command waits during an outage instead of failing.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(50 * 2 ** times, 3000),
  });
  let fail: (error: InputError) => void;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  // Callers race with `failed`; without this, a later rejection would be unhandled.
  failed.catch(() => undefined);

  let reason = "no answer";
  let isNoticed = false;
  // A Redis without TLS does not answer a TLS handshake.
  const doubt = `is Redis running there${address.startsWith("rediss:") ? ", with TLS" : ""}?`;
  const giveUp = (): void => {
    fail(new InputError(`no connection to ${address} for ${patience} s (${reason}); ${doubt}`));
  };
  let outage: NodeJS.Timeout | undefined = setTimeout(giveUp, 1000 * patience);
  client.on("error", (error: NodeJS.ErrnoException) => {
    reason = reasonOf(error);
    if (REFUSED.test(reason)) {
      fail(
        new InputError(`${address} refuses access (${reason}); give the password as redis://:PASSWORD@HOST`),
      );
    }
  });
  client.on("close", () => {
    outage ??= setTimeout(giveUp, 1000 * patience);
    if (!isNoticed) onNotice(`no connection to ${address} (${reason}); trying again for ${patience} s`);
    isNoticed = true;
  });
  client.on("ready", () => {
    clearTimeout(outage);
    outage = undefined;
    if (isNoticed) onNotice(`connected to ${address} again`);
    isNoticed = false;
    reason = "closed by the other side";
  });
  const stopBeat = beat(client);
  return {
    client,
    failed,
    close() {
      stopBeat();
      clearTimeout(outage);
      client.removeAllListeners("close");
      client.disconnect();
    },
  };
}

/**
 * Pings Redis regularly. A connection to a machine that crashed looks alive, so it is closed after two
 * unanswered pings.
 */
function beat(client: Redis): () => void {
  let isAwaiting = false;
  const timer = setInterval(() => {
    if (client.status !== "ready") isAwaiting = false;
    else if (isAwaiting) client.stream.destroy(new Error("no answer"));
    else {
      isAwaiting = true;
      client.ping().then(
        () => (isAwaiting = false),
        () => undefined,
      );
    }
  }, BEAT);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

const BEAT = 5000;

/** Returns the reason of an error. Where a name has several addresses, the error's own message is empty. */
function reasonOf(error: NodeJS.ErrnoException): string {
  const { errors } = error as { errors?: readonly Error[] };
  const text = error.message === "" ? (errors?.[0]?.message ?? error.code ?? "no answer") : error.message;
  return text.replace(/\s+/g, " ");
}

/** Returns the address without user and password, for messages. Throws InputError for an invalid address. */
export function shownAddress(url: string): string {
  const parsed = parseUrl(url);
  const isRedis = parsed?.protocol === "redis:" || parsed?.protocol === "rediss:";
  if (!isRedis || parsed.hostname === "") {
    throw new InputError(`invalid address of Redis; give redis://HOST:PORT, or rediss:// for TLS`);
  }
  const { protocol, host, pathname } = parsed;
  return `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
}

function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

/** Waits for the work, but at most this many milliseconds, because work may never end after an outage. */
export async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, timeUp]).finally(() => {
    clearTimeout(timer);
  });
}

/** Returns a promise that rejects with InputError when the signal aborts. */
export function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => {
      reject(new InputError("stopped; finished runs are kept: start the sweep again to continue"));
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
