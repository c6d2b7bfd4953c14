import type { HttpRequest } from "./native.js";

/** A reply: every HTTP status is one. */
export interface HttpResponse {
  status: number;
  headers: [string, string][];
  body: Uint8Array;
}

/** Sends exactly this request, once. */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;

/** A `requestHandler` of AWS's SDK for JavaScript, as far as it is used. */
export interface RequestHandler {
  /** What the handler says of itself. */
  readonly metadata?: {
    /** Those that begin with `http/1`, in any case, are used. */
    readonly handlerProtocol: string;
  };
  /** Sends one request. */
  handle(
    request: object,
    options?: object,
  ): Promise<{
    /** The reply, whatever its status. */
    response: {
      /** The HTTP status. */
      statusCode: number;
      /** By their names in lower case. */
      headers: Record<string, string>;
      /** Bytes, text, or a stream of them. */
      body?: unknown;
    };
  }>;
}

/** The service's replies have a few KiB; more comes from somebody else. */
const LARGEST_REPLY = 1 << 20;

/** Why there is no reply, with a code of kind `transport`. */
export class SendError extends Error {
  constructor(
    readonly code: string,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** By `fetch`, the host's or the caller's. */
export function fetchSend(fetchFunction: typeof fetch): Send {
  return async ({ method, url, headers, body }, signal) => {
    const options: RequestInit = { method, headers, redirect: "manual", signal };
    if (body.length > 0) options.body = body as Uint8Array<ArrayBuffer>;
    try {
      const response = await fetchFunction(url, options);
      if (response.type === "opaqueredirect") {
        throw new SendError("connection_failed", "the endpoint answered with a redirect");
      }
      return {
        status: response.status,
        headers: [...response.headers],
        body: await collect(response.body),
      };
    } catch (error) {
      throw failure(error, signal);
    }
  };
}

/** By the SDK's `requestHandler`, which knows the caller's proxy and certificates. */
export function handlerSend(handler: RequestHandler): Send {
  return async ({ method, url, headers, body }, signal) => {
    const { protocol, hostname, port, pathname, search } = new URL(url);
    const request = {
      method,
      protocol,
      hostname,
      ...(port === "" ? {} : { port: Number(port) }),
      // With its query, so that nobody encodes it anew: it is signed as it stands.
      path: pathname + search,
      query: {},
      headers: Object.fromEntries([...headers, ["host", new URL(url).host]]),
      body,
    };
    try {
      const { response } = await handler.handle(request, { abortSignal: signal });
      return {
        status: response.statusCode,
        headers: Object.entries(response.headers),
        body: await collect(response.body),
      };
    } catch (error) {
      throw failure(error, signal);
    }
  };
}

/** Bytes of whatever a body is: a stream of either kind, bytes, a Blob, or nothing. */
async function collect(body: unknown): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of pieces(body)) {
    length += part.length;
    if (length > LARGEST_REPLY) {
      throw new SendError("response_too_large", "the reply is longer than 1 MiB");
    }
    parts.push(part);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

async function* pieces(body: unknown): AsyncGenerator<Uint8Array> {
  if (body === null || body === undefined) return;
  if (body instanceof Uint8Array) {
    yield body;
  } else if (typeof body === "string") {
    yield new TextEncoder().encode(body);
  } else if (typeof Blob !== "undefined" && body instanceof Blob) {
    yield new Uint8Array(await body.arrayBuffer());
  } else if (typeof (body as ReadableStream).getReader === "function") {
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        yield value;
      }
    } finally {
      // After the last piece this does nothing; after too many it hangs up.
      await reader.cancel().catch(() => {});
    }
  } else {
    yield* body as AsyncIterable<Uint8Array>;
  }
}

function failure(error: unknown, signal: AbortSignal): SendError {
  if (error instanceof SendError) return error;
  if (signal.aborted) return new SendError("timeout", "the service did not answer in time", error);
  const code = systemCode(error);
  const told = code === undefined ? "" : ` (${code})`;
  if (code !== undefined && /CERT|TLS|SSL|SELF_SIGNED|VERIFY/.test(code)) {
    return new SendError("tls_failed", `there is no trusted TLS connection${told}`, error);
  }
  if (code === "ECONNRESET" || code === "EPIPE" || code === "UND_ERR_SOCKET") {
    return new SendError("connection_reset", `the connection broke${told}`, error);
  }
  if (code !== undefined && /TIMEOUT|ETIMEDOUT/.test(code)) {
    return new SendError("timeout", `the service did not answer in time${told}`, error);
  }
  return new SendError("connection_failed", `the service was not reached${told}`, error);
}

/** Node's and undici's errors carry the system's code, often in their cause. */
function systemCode(error: unknown): string | undefined {
  for (let depth = 0, next = error; depth < 4 && next instanceof Error; depth++) {
    const { code } = next as { code?: unknown };
    if (typeof code === "string" && /^[A-Z][A-Z0-9_]*$/.test(code)) return code;
    next = next.cause;
  }
  return undefined;
}
