/** A connection to Redis that outlives outages, up to a point. */
import { Redis } from "ioredis";
import { InputError } from "../../base/errors.js";

/** How Redis is reached, and whom workers and sweeps meet there. */
export interface RedisOptions {
  /** `redis://[[user]:password@]host[:port][/database]`, or `rediss://` for TLS. */
  readonly url: string;
  /** Before the name of every key in Redis: sweeps and workers with different ones never meet. */
  readonly prefix: string;
  /** Seconds without a connection after which to give up. */
  readonly patience: number;
  /** Told in one line what a user should know: an outage, its end, that nobody works. */
  readonly onNotice: (line: string) => void;
  /** Stops whoever waits or works. */
  readonly signal: AbortSignal;
}

export interface RedisConnection {
  readonly client: Redis;
  /** Never resolves. Rejects with InputError where Redis was out of reach for too long, or lets nobody in. */
  readonly failed: Promise<never>;
  readonly close: () => void;
}

/** What Redis answers to a wrong password or none, to a user without rights, and where it is protected. */
const REFUSED = /WRONGPASS|NOAUTH|NOPERM|DENIED|invalid password/;

/**
 * Returns a connection once it is made. Commands wait for the end of an outage; meanwhile it is tried again,
 * with pauses that grow to three seconds. The password may also stand in the environment variable
 * REDISCLI_AUTH, as for `redis-cli`. Rejects with InputError for an address that is none, where `failed`
 * does, and where the signal comes.
 */
export async function connectRedis(options: Omit<RedisOptions, "prefix">): Promise<RedisConnection> {
  const connection = beginConnection(options);
  const ready = new Promise((resolve) => connection.client.once("ready", resolve));
  try {
    // What BullMQ is given before there is a connection, it cannot close.
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
    // BullMQ asks for it: a command waits through an outage instead of failing.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(50 * 2 ** times, 3000),
  });
  let fail: (error: InputError) => void;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  // Whoever races with it hears of it; one that comes later is nobody's.
  failed.catch(() => undefined);

  let reason = "no answer";
  let isNoticed = false;
  // A Redis without TLS says nothing to who begins with it.
  const doubt = `is Redis running there${address.startsWith("rediss:") ? ", with TLS" : ""}?`;
  const giveUp = (): void => {
    fail(new InputError(`no connection to ${address} for ${patience} s (${reason}); ${doubt}`));
  };
  let outage: NodeJS.Timeout | undefined = setTimeout(giveUp, 1000 * patience);
  client.on("error", (error: NodeJS.ErrnoException) => {
    reason = reasonOf(error);
    if (REFUSED.test(reason)) {
      fail(
        new InputError(`${address} lets nobody in (${reason}); give the password as redis://:PASSWORD@HOST`),
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
 * A machine that vanished without a word leaves a connection that looks alive: it is given up after two
 * silent beats.
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

/** Several addresses of one name fail together, with an empty message. */
function reasonOf(error: NodeJS.ErrnoException): string {
  const { errors } = error as { errors?: readonly Error[] };
  const text = error.message === "" ? (errors?.[0]?.message ?? error.code ?? "no answer") : error.message;
  return text.replace(/\s+/g, " ");
}

/** Returns the address without user and password, for messages. Throws InputError where it is none. */
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

/** Waits for the work, but no longer than this many milliseconds: after an outage some of it never ends. */
export async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, timeUp]).finally(() => {
    clearTimeout(timer);
  });
}

/** Returns a promise that rejects with InputError when the signal comes. */
export function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => {
      reject(new InputError("stopped; what is done is kept: start the sweep again to go on"));
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
