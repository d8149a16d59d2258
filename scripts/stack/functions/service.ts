import { join, relative, sep } from "node:path";
import type { StackConfig } from "../config.ts";
import { exists } from "../folder.ts";
import { StackError } from "../errors.ts";
import { isValidToken } from "../api/tokens.ts";
import { dim, fail, line, plain } from "../report.ts";
import type { Endpoints } from "../state.ts";
import { discoverFunctions, functionsFolder } from "./discover.ts";
import { functionEnvironment } from "./environment.ts";
import { FunctionHost, type HostSurroundings } from "./host.ts";
import { endOrphans } from "./orphans.ts";
import { BootError } from "./process.ts";
import { forwardToFunction, functionError } from "./forward.ts";

/** All edge functions of the project. */
export interface FunctionService {
  names(): string[];
  /** A request below /functions/v1, unchanged. */
  handle(request: Request, clientAddress: string): Promise<Response>;
  stop(): Promise<void>;
}

const settleMilliseconds = 80;
/** Bytes; with a socket's name it stays below the 104 that macOS allows, Linux 108. */
const longestFolderPath = 85;

/**
 * Starts every function in a process of its own and follows their files.
 *
 * @param dataDir the stack's data folder, whose lock the caller holds
 * @throws StackError with Deno's message if one does not load
 */
export async function startFunctions(
  projectDir: string,
  config: StackConfig,
  endpoints: Endpoints,
  dataDir: string,
): Promise<FunctionService> {
  await endOrphans(dataDir);
  const sockets = await createSocketFolder(dataDir);
  const surroundings: HostSurroundings = {
    sockets,
    dataDir,
    environment: () => functionEnvironment(projectDir, endpoints, config.edge_runtime.secrets),
    print: (name, text) => line(`${dim(`[${name}]`)} ${plain(text)}`),
    report: (message, failed) => failed ? fail(message) : line(`  ${message}`),
  };
  const hosts = new Map<string, FunctionHost>();
  const add = (host: FunctionHost) => hosts.set(host.edgeFunction.name, host);

  async function stop(): Promise<void> {
    watcher?.close();
    await Promise.all([...hosts.values()].map((host) => host.stop()));
    await Deno.remove(sockets, { recursive: true }).catch(() => {});
  }

  const folder = functionsFolder(projectDir);
  const watcher = await exists(folder) ? Deno.watchFs(folder, { recursive: true }) : undefined;
  const found = await discoverFunctions(projectDir, config);
  const outcomes = await Promise.allSettled(found.map(async (edgeFunction) => {
    const host = new FunctionHost(edgeFunction, surroundings);
    await host.start();
    add(host);
  }));
  const failures = outcomes.flatMap((outcome, index) =>
    outcome.status === "rejected" ? [{ name: found[index]!.name, error: outcome.reason }] : []
  );
  if (failures.length > 0) {
    await stop();
    const unexpected = failures.find(({ error }) => !(error instanceof BootError));
    if (unexpected) throw unexpected.error;
    throw new StackError(
      failures.map(({ name, error }) => `The function ${name} does not load:\n${error.message}`)
        .join("\n\n"),
    );
  }

  async function refresh(changed: Set<string>): Promise<void> {
    const now = await discoverFunctions(projectDir, config).catch(() => []);
    const everything = [...changed].some((top) => top.startsWith("_") || top === ".env");
    for (const [name, host] of hosts) {
      if (now.some((edgeFunction) => edgeFunction.name === name)) continue;
      hosts.delete(name);
      host.stop();
      surroundings.report(`${name} is gone`, false);
    }
    for (const edgeFunction of now) {
      const host = hosts.get(edgeFunction.name);
      if (host && (everything || changed.has(edgeFunction.name))) host.reload();
      if (!host) {
        const added = new FunctionHost(edgeFunction, surroundings);
        add(added);
        added.reload();
      }
    }
  }
  if (watcher) followChanges(watcher, folder, refresh);

  return {
    names: () => [...hosts.keys()].sort(),
    stop,
    async handle(request, clientAddress) {
      const url = new URL(request.url);
      const name = url.pathname.split("/")[3] ?? "";
      const host = hosts.get(name);
      if (!host) return functionError(404, "NOT_FOUND", "Requested function was not found");
      if (host.edgeFunction.verifyJwt && request.method !== "OPTIONS") {
        const refusal = await refuse(request, endpoints);
        if (refusal) return refusal;
      }
      const process = await host.process();
      if (!process) {
        return functionError(503, "BOOT_ERROR", "Function failed to start (please check logs)");
      }
      return await forwardToFunction(process, request, url, clientAddress);
    },
  };
}

/** A folder for sockets that nobody else may enter. Their paths must stay short. */
async function createSocketFolder(dataDir: string): Promise<string> {
  const folder = join(dataDir, "sockets");
  if (folder.length > longestFolderPath) return await Deno.makeTempDir({ prefix: "stack-" });
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder, { mode: 0o700 });
  return folder;
}

/** Collects changes until the files have been quiet for a moment, then hands over what changed. */
async function followChanges(
  watcher: Deno.FsWatcher,
  folder: string,
  refresh: (topLevelNames: Set<string>) => Promise<void>,
): Promise<void> {
  let changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const event of watcher) {
    if (event.kind === "access") continue;
    for (const path of event.paths) {
      const inside = relative(folder, path);
      if (/\.test\.ts$|~$|\.swp$/.test(inside) || inside.split(sep).includes("node_modules")) {
        continue;
      }
      changed.add(inside.split(sep)[0] ?? "");
    }
    if (changed.size === 0) continue;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const names = changed;
      changed = new Set();
      refresh(names);
    }, settleMilliseconds);
  }
}

/** What the platform's verify_jwt checks: an access token or an API key, no more. */
async function refuse(request: Request, endpoints: Endpoints): Promise<Response | undefined> {
  const keys: string[] = [endpoints.PUBLISHABLE_KEY, endpoints.SECRET_KEY];
  const authorization = request.headers.get("authorization");
  const apiKey = request.headers.get("apikey");
  const bearer = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
  if (!authorization && !apiKey) {
    return functionError(401, "UNAUTHORIZED_NO_AUTH_HEADER", "Missing authorization header");
  }
  if (bearer && !bearer.startsWith("sb_")) {
    if (bearer.split(".").length !== 3) {
      return functionError(401, "UNAUTHORIZED_INVALID_JWT_FORMAT", "Invalid JWT format");
    }
    return await isValidToken(bearer, endpoints.JWT_SECRET)
      ? undefined
      : functionError(401, "UNAUTHORIZED_JWT", "Invalid JWT");
  }
  return keys.includes(apiKey ?? bearer ?? "")
    ? undefined
    : functionError(401, "UNAUTHORIZED_INVALID_JWT_FORMAT", "Invalid JWT format");
}
