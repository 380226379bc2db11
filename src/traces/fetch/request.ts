/** One HTTP request; its errors say whether another attempt may help. */
import { InputError } from "../../base/errors.js";
import { LEAST_BYTES } from "./limits.js";

/**
 * A failure that may be temporary: a dropped connection, a busy server. Users see its message if it lasts.
 */
export class Transient extends Error {}

export interface Answer {
  readonly url: string;
  readonly status: number;
  /** Number of bytes in this answer's body; undefined if the server does not say. */
  readonly length: number | undefined;
  /** Only for status 206: the place of the first byte, and the length of the whole file. */
  readonly range: { readonly from: number; readonly total: number } | undefined;
  /**
   * The value for If-Range: a strong ETag or the time of the last change; undefined if the server sends
   * neither.
   */
  readonly validator: string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
  readonly cancel: () => void;
}

export interface RequestOptions {
  readonly method?: "GET" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  /** A connection that brings no answer, or less than LEAST_BYTES, in this time counts as dropped. */
  readonly stallMs: number;
}

/**
 * Returns the answer (status 200 or 206) as soon as its header has come; the caller reads the body.
 * @throws Transient for a connection that fails, for a range that does not exist and for 408, 429 and 5xx;
 * InputError for every other status.
 */
export async function request(
  url: string,
  { method = "GET", headers = {}, stallMs }: RequestOptions,
): Promise<Answer> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new Error(`it brings too little in ${stallMs / 1000} s`));
  }, stallMs);
  let response: Response;
  try {
    // With compression, lengths and byte positions would refer to the compressed bytes.
    const asIs = { ...headers, "accept-encoding": "identity" };
    response = await fetch(url, { method, headers: asIs, signal: controller.signal });
  } catch (error) {
    clearTimeout(timer);
    throw new Transient(
      `cannot reach ${new URL(url).host}: ${causeOf(error)}; check the network, or name a mirror with --from`,
      {
        cause: error,
      },
    );
  }
  const { status } = response;
  if (status !== 200 && status !== 206) {
    clearTimeout(timer);
    controller.abort();
    throw refusal(url, status);
  }
  return {
    url,
    status,
    length: wholeNumber(response.headers.get("content-length")),
    range: parseRange(response.headers.get("content-range")),
    validator: validatorOf(response.headers),
    body: watch(response.body, timer),
    cancel: () => {
      clearTimeout(timer);
      controller.abort();
    },
  };
}

/** Yields the chunks of a body; LEAST_BYTES of them restart the timer. */
async function* watch(
  body: AsyncIterable<Uint8Array> | null,
  timer: NodeJS.Timeout,
): AsyncGenerator<Uint8Array> {
  try {
    if (body === null) return;
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes >= LEAST_BYTES) {
        timer.refresh();
        bytes = 0;
      }
      yield chunk;
    }
  } finally {
    clearTimeout(timer);
  }
}

function refusal(url: string, status: number): Error {
  if (status === 404)
    return new InputError(`no such file: ${url} (404); check what you asked for, and --from`);
  if (status === 401 || status === 403)
    return new InputError(`no access to ${url} (${status}); name a mirror with --from`);
  if (status === 416)
    return new Transient(`${url} is shorter than what is already there (416); try again later`);
  if (status === 408 || status === 429 || status >= 500)
    return new Transient(
      `the server is not able to send ${url} (${status}); try again later, or name a mirror with --from`,
    );
  return new InputError(`unexpected answer ${status} for ${url}; check --from`);
}

function validatorOf(headers: Headers): string | undefined {
  const tag = headers.get("etag");
  if (tag !== null && !tag.startsWith("W/")) return tag;
  return headers.get("last-modified") ?? undefined;
}

function parseRange(header: string | null): Answer["range"] {
  const match = /^bytes (\d+)-\d+\/(\d+)$/.exec(header ?? "");
  return match === null ? undefined : { from: Number(match[1]), total: Number(match[2]) };
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Returns the inner message, such as "getaddrinfo ENOTFOUND example.org", instead of "fetch failed". */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const reason = cause instanceof Error ? cause : error;
  if (reason.message !== "") return reason.message;
  return "code" in reason ? String(reason.code) : "no reason given";
}
