import type { Cleanup } from "../cleanup.ts";
import { loadConfig } from "../config.ts";
import { databaseUrl, type Login } from "../database/connect.ts";
import { startJanitor } from "../database/janitor.ts";
import { prepareDatabase } from "../database/prepare.ts";
import { createSecrets, readSecrets, type Secrets } from "../database/secrets.ts";
import { StackError } from "../errors.ts";
import { type DataFolder, exists } from "../folder.ts";
import { startFunctions } from "../functions/service.ts";
import { listen, type Services } from "../gateway/gateway.ts";
import { developmentKeys } from "../keys.ts";
import type { Options } from "../options.ts";
import { claimDatabasePort } from "../ports.ts";
import { createCluster, superuser } from "../postgres/cluster.ts";
import { stopOrphan } from "../postgres/orphan.ts";
import { type Place, preparePlace, removeDatabase } from "../postgres/place.ts";
import { startServer } from "../postgres/server.ts";
import { limitsOfPlans } from "../realtime/limits/plans.ts";
import { fail, line, step, warn } from "../report.ts";
import { endpointsFor, removeState, type RunningState, writeState } from "../state.ts";

/**
 * Starts every part, in parallel where they do not need each other.
 *
 * @param cleanup learns what has to be stopped, also when this fails half way
 * @returns the state of the running stack, published in the data folder
 * @throws StackError with the message of every part that failed
 */
export async function bringUp(
  options: Options,
  folder: DataFolder,
  cleanup: Cleanup,
  signal: AbortSignal,
): Promise<RunningState> {
  const config = await loadConfig(options.projectDir);
  if (!options.functions) config.edge_runtime.enabled = false;
  const gateway = listen(options.port ?? config.api.port);
  cleanup.add("gateway", () => gateway.close());

  const place = await claimPlace(options, folder);
  const secrets = await claimSecrets(folder, place);
  const databasePort = await claimDatabasePort(options.databasePort ?? config.db.port);
  const keys = developmentKeys;
  const endpoints = endpointsFor({ gateway: gateway.port, database: databasePort }, keys);
  const state: RunningState = {
    phase: "starting",
    pid: Deno.pid,
    startedAt: Date.now(),
    endpoints,
    functions: [],
    people: [],
  };
  await writeState(folder, state);
  cleanup.add("state", () => removeState(folder));
  signal.throwIfAborted();

  // Loaded while PostgreSQL starts: together they are most of the program.
  const modules = Promise.all([import("../api/lite.ts"), import("../realtime/server.ts")]);
  const functionsUp = step(
    "Edge functions",
    () => startFunctions(options.projectDir, config, endpoints, folder.root),
    (service) => `Edge functions: ${service.names().join(", ") || "none"}`,
  );
  cleanup.add(
    "functions",
    () => functionsUp.then((service) => service.stop(), () => {}),
  );

  const login = (user: string, password: string): Login => ({ port: databasePort, user, password });
  const admin = login(superuser, secrets.supabaseAdmin);
  async function databaseUp() {
    const server = await step(
      "PostgreSQL 17",
      async () => {
        const created = await createCluster(place, secrets.supabaseAdmin);
        signal.throwIfAborted();
        const running = await startServer(place, databasePort, reportRestart);
        cleanup.add("postgres", () => running.stop());
        return { created, running };
      },
      ({ created }) => `PostgreSQL 17 ${created ? "created and started" : "started"}`,
    );
    const people = await prepareDatabase(options, config, admin, secrets, signal);
    const janitor = startJanitor(login("postgres", "postgres"), warn);
    cleanup.add("janitor", () => janitor.stop());
    const [{ startApi }, { startRealtime }] = await modules;
    const services = await step("REST, Auth and Realtime", async () => {
      const api = config.api.enabled
        ? await startApi(config, keys, {
          rest: login("stack_rest", secrets.stackRest),
          auth: login("supabase_auth_admin", secrets.supabaseAuthAdmin),
        }, ({ to, subject, text }) => line(`  Email to ${to}: ${subject}\n${text ?? ""}`))
        : undefined;
      if (api) cleanup.add("api", () => api.stop());
      const realtime = config.realtime.enabled
        ? await startRealtime({
          databaseUrl: databaseUrl(admin),
          jwtSecret: keys.jwtSecret,
          publishableKey: keys.publishableKey,
          secretKey: keys.secretKey,
          ...(options.realtimeLimits ? { limits: limitsOfPlans[options.realtimeLimits] } : {}),
          log: (text) => line(`  [realtime] ${text}`),
        })
        : undefined;
      if (realtime) cleanup.add("realtime", () => realtime.stop());
      return { api, realtime };
    });
    return { people, services, isReady: server.running.isReady };
  }

  const [functions, database] = await both(functionsUp, databaseUp());
  signal.throwIfAborted();
  const services: Services = {
    endpoints,
    databaseReady: database.isReady,
    functions,
    ...(database.services.api ? { api: database.services.api } : {}),
    ...(database.services.realtime ? { realtime: database.services.realtime } : {}),
  };
  gateway.open(services);
  Object.assign(state, {
    phase: "ready",
    functions: functions.names(),
    people: database.people,
  });
  await writeState(folder, state);
  return state;
}

/** Waits for both, also when one fails, so that nothing starts while the rest is being stopped. */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const outcomes = await Promise.allSettled([first, second]);
  const [a, b] = outcomes;
  if (a.status === "fulfilled" && b.status === "fulfilled") return [a.value, b.value];
  const reasons = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason] : []
  );
  const unexpected = reasons.find((reason) => !(reason instanceof StackError));
  throw unexpected ?? new StackError(reasons.map((reason) => reason.message).join("\n\n"));
}

async function claimPlace(options: Options, folder: DataFolder): Promise<Place> {
  let place = await preparePlace(folder);
  if (await stopOrphan(place)) {
    warn("The last run did not end properly; its PostgreSQL was still there and has been stopped.");
  }
  if (options.reset) {
    await step("All data deleted", () => removeDatabase(folder));
    place = await preparePlace(folder);
  }
  return place;
}

async function claimSecrets(folder: DataFolder, place: Place): Promise<Secrets> {
  const secrets = await readSecrets(folder);
  if (secrets) return secrets;
  if (await exists(place.database)) {
    throw new StackError(
      `${folder.secrets} is missing or damaged: the database cannot be opened without it.\n` +
        `Put it back, or start again from nothing with --reset.`,
    );
  }
  return await createSecrets(folder);
}

function reportRestart(ready: boolean, reason: string): void {
  if (ready) line("  PostgreSQL is back.");
  else fail(`PostgreSQL died (${reason}); starting it again.`);
}
