// HTTP in and out, on Node's own modules.
import http from "node:http";
import https from "node:https";

const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** A request that cannot be served as it is; becomes a response with `status`. */
export class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The whole body of a request, refused with 413 over 10 MiB. */
export async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new HttpError(413, "the body is over 10 MiB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Parameters of a body: a JSON object, or a form whose values may themselves be JSON, as the Graph API takes both. */
export function parseParameters(contentType, bytes) {
  if (bytes.length === 0) return {};
  if ((contentType ?? "").startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries([...new URLSearchParams(bytes.toString("utf8"))].map(([name, text]) => [name, jsonOr(text)]));
  }
  const value = parseJson(bytes.toString("utf8"));
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new HttpError(400, "the body is not a JSON object");
  return value;
}

export function sendJson(response, status, value, headers = {}) {
  const bytes = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...headers });
  response.end(bytes);
}

export function sendText(response, status, text, headers = {}) {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers });
  response.end(text);
}

/**
 * One request on a connection of its own, so that a restarted receiver never meets a stale connection. Redirects are not
 * followed. Answers `{ status, body, headers }`; rejects on a network error and when `timeoutMs` pass without a whole response.
 */
export function fetchOnce(url, { method = "GET", headers = {}, body, timeoutMs, signal }) {
  const target = new URL(url);
  const client = target.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const limit = AbortSignal.timeout(timeoutMs);
    const options = {
      method,
      agent: false,
      headers: { ...headers, ...(body === undefined ? {} : { "content-length": body.length }) },
      signal: signal ? AbortSignal.any([limit, signal]) : limit,
    };
    const request = client.request(target, options, (response) => {
      readBody(response).then(
        (bytes) => resolve({ status: response.statusCode, body: bytes.toString("utf8"), headers: response.headers }),
        reject,
      );
    });
    request.on("error", (error) => reject(limit.aborted ? new Error(`no answer within ${timeoutMs} ms`) : error));
    request.end(body);
  });
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, "the body is not JSON");
  }
}

function jsonOr(text) {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
