import type { FunctionProcess } from "./process.ts";

/** Headers that belong to one connection and not to the message. */
const hopByHop = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** An answer of the gateway in a function's stead, in the platform's form and readable by browsers. */
export function functionError(status: number, code: string, message: string): Response {
  return Response.json({ code, message }, {
    status,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "sb-error-code",
      "sb-error-code": code,
    },
  });
}

/**
 * Passes a request on as the platform does: the function sees the path without /functions/v1.
 * Bodies stream both ways.
 */
export async function forwardToFunction(
  process: FunctionProcess,
  request: Request,
  url: URL,
  clientAddress: string,
): Promise<Response> {
  const target = new URL(`http://localhost${url.pathname.slice("/functions/v1".length)}`);
  target.search = url.search;
  const headers = new Headers(request.headers);
  for (const name of hopByHop) headers.delete(name);
  headers.set("x-forwarded-host", url.host);
  headers.set("x-forwarded-proto", url.protocol.slice(0, -1));
  headers.set("x-forwarded-port", url.port);
  const before = headers.get("x-forwarded-for");
  headers.set("x-forwarded-for", before ? `${before}, ${clientAddress}` : clientAddress);
  // Compression is the gateway's business with the client, not the function's.
  headers.set("accept-encoding", "identity");

  let response: Response;
  try {
    response = await process.fetch(target, request, headers);
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    console.error(error instanceof Error ? error.message : error);
    return functionError(
      500,
      "WORKER_ERROR",
      "Function exited due to an error (please check logs)",
    );
  }
  const answered = new Headers(response.headers);
  for (const name of hopByHop) answered.delete(name);
  // `fetch` has undone it.
  if (answered.has("content-encoding")) {
    answered.delete("content-encoding");
    answered.delete("content-length");
  }
  return new Response(response.body, {
    status: response.status,
    statusText: response.statusText,
    headers: answered,
  });
}
