import { setTimeout as sleep } from "node:timers/promises";
import { addKeyIds } from "../api/tokens.ts";
import type { Api } from "../api/lite.ts";
import { DatabaseUnavailable } from "../api/request.ts";
import { describeError, StackError } from "../errors.ts";
import type { FunctionService } from "../functions/service.ts";
import { fail } from "../report.ts";
import type { Endpoints } from "../state.ts";
import { allowPreflight, isPreflight, readableByBrowsers } from "./cors.ts";
import { docs } from "./docs.ts";
import { overviewPage } from "./overview.ts";

/** The services behind the gateway; one that is absent is switched off in config.toml. */
export interface Services {
  endpoints: Endpoints;
  databaseReady(): boolean;
  api?: Api;
  functions?: FunctionService;
  realtime?: { handle(request: Request): Promise<Response> };
}

/** The one address of the stack. */
export interface Gateway {
  port: number;
  /** From now on requests reach the services; before, they are told to come again. */
  open(services: Services): void;
  /** Takes no more requests, waits a moment for those under way. */
  close(): Promise<void>;
}

const closePatienceMilliseconds = 1_000;

/**
 * Listens on the loopback interface.
 *
 * @param port 0 picks a free one
 * @throws StackError if the port is taken or not allowed
 */
export function listen(port: number): Gateway {
  let services: Services | undefined;
  let server: Deno.HttpServer<Deno.NetAddr>;
  try {
    server = Deno.serve({
      hostname: "127.0.0.1",
      port,
      onListen: () => {},
      onError: (error) => {
        fail(`The gateway failed: ${describeError(error)}`);
        return jsonError(500, "internal_error", "The local gateway failed; see its output.");
      },
    }, (request, info) => {
      if (!services) return starting();
      return route(services, request, info.remoteAddr.hostname);
    });
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new StackError(
        `Port ${port} is taken by another program. Pass another with --port, or 0 for any free one.`,
      );
    }
    throw new StackError(`Port ${port} cannot be used: ${describeError(error)}`);
  }
  return {
    port: server.addr.port,
    open: (opened) => services = opened,
    async close() {
      // A client that reads slowly, or not at all, must not hold up the end.
      await Promise.race([server.shutdown(), sleep(closePatienceMilliseconds)]);
    },
  };
}

async function route(
  services: Services,
  request: Request,
  clientAddress: string,
): Promise<Response> {
  const url = new URL(request.url);
  const [, service, version] = url.pathname.split("/");
  if (url.pathname === "/") return overviewPage(request, services);
  if (service === "docs") return await docs(url.pathname, services) ?? nothingAt(url.pathname);
  if (version === "v1") {
    if (service === "functions" && services.functions) {
      return await services.functions.handle(request, clientAddress);
    }
    if (isPreflight(request)) return allowPreflight(request);
    if (service === "rest" && services.api) {
      return readableByBrowsers(await viaDatabase(services, () => services.api!.rest(request)));
    }
    if (service === "auth" && services.api) {
      const answer = await viaDatabase(services, () => services.api!.auth(request));
      return readableByBrowsers(await addKeyIds(answer, services.endpoints.JWT_SECRET));
    }
    if (service === "realtime" && services.realtime) {
      return await services.realtime.handle(request);
    }
  }
  return nothingAt(url.pathname);
}

function nothingAt(path: string): Response {
  return jsonError(
    404,
    "not_found",
    `There is nothing at ${path}. The stack serves /rest/v1, /auth/v1, /functions/v1, ` +
      `/realtime/v1 and /docs.`,
  );
}

/** While the database is down the answer is "later", not an error of the request. */
async function viaDatabase(
  services: Services,
  work: () => Promise<Response>,
): Promise<Response> {
  if (!services.databaseReady()) return databaseAway();
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return databaseAway();
    throw error;
  }
}

function databaseAway(): Response {
  return Response.json({
    code: "PGRST001",
    details: null,
    hint: null,
    message: "Database client error. Retrying the connection.",
  }, { status: 503, headers: { "retry-after": "1" } });
}

function starting(): Response {
  return jsonError(503, "starting", "The stack is starting; try again in a moment.");
}

function jsonError(status: number, code: string, message: string): Response {
  return Response.json({ code, message }, {
    status,
    headers: {
      "access-control-allow-origin": "*",
      ...(status === 503 ? { "retry-after": "1" } : {}),
    },
  });
}
