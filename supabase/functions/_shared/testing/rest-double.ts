import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A call as it arrived at the REST interface of the database. */
export interface RestCall {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** How the REST interface answers the next call. */
export interface RestAnswer {
  status: number;
  body: unknown;
}

/** Stands where PostgREST stands: takes calls over HTTP, keeps them, and gives a set answer. */
export interface RestDouble {
  url: string;
  calls: RestCall[];
  answer: RestAnswer;
  stop(): Promise<void>;
}

/**
 * Starts a server that answers every call with `answer`. For tests of what a function sends to the
 * database and makes of its answer; what the database does is for the tests against a real one.
 */
export async function startRestDouble(): Promise<RestDouble> {
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    request.on("end", () => {
      const text = new TextDecoder().decode(concatenate(chunks));
      double.calls.push({
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: text === "" ? undefined : JSON.parse(text),
      });
      const { status, body } = double.answer;
      response.writeHead(status, { "content-type": "application/json" });
      response.end(body === undefined ? "" : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const double: RestDouble = {
    url: `http://127.0.0.1:${port}`,
    calls: [],
    answer: { status: 200, body: null },
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => error ? reject(error) : resolve());
        server.closeAllConnections();
      }),
  };
  return double;
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
