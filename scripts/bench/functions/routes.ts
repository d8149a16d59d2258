import postgres from "postgres";
import { z } from "zod";
import { checkout } from "../../shared/checkout.ts";
import type { Stack } from "../../shared/people.ts";
import type { Finding } from "../benchmark.ts";
import { median, quantileOf } from "../statistics.ts";
import { type Call, timeFunctions } from "./calls.ts";
import { playRound } from "./round.ts";
import { createCallers } from "./target.ts";

const METHODS = new Set(["get", "post", "put", "patch", "delete"]);
const description = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** What each route takes, and how much of it is the function's own. */
export async function measureRoutes(stack: Stack, rounds: number): Promise<Finding> {
  const [host, guest, visitor, passerby] = await createCallers(stack, [
    "Host",
    "Guest",
    "Visitor",
    "Passer-by",
  ]);
  const sql = postgres(stack.DB_URL, { max: 1, onnotice: () => {} });
  const functions = timeFunctions(stack);
  const warmUp = Math.ceil(rounds / 5);
  let skipped = 0;
  try {
    await sql`insert into public.friendships (user_id, friend_id, status)
      values (${host!.id}, ${guest!.id}, 'friends')`;
    for (let round = -warmUp; round < rounds; round++) {
      // People who do this all day long have limits; what is measured is the time.
      await sql`delete from private.rate_limits`;
      if (round === 0) skipped = functions.calls.length;
      await playRound(functions.send, {
        host: host!,
        guest: guest!,
        visitor: visitor!,
        passerby: passerby!,
      });
    }
  } finally {
    functions.stop();
    await sql.end();
  }
  const calls = functions.calls.slice(skipped);
  const routes = await describedRoutes();
  const missing = routes.filter((route) => !calls.some((call) => call.route === route));
  if (missing.length > 0) throw new Error(`Not measured: ${missing.join(", ")}.`);
  return findingOf(routes, calls);
}

/** Every route that the description of the interface has. */
async function describedRoutes(): Promise<string[]> {
  const text = await Deno.readTextFile(`${checkout}/docs/openapi.json`);
  return Object.entries(description.parse(JSON.parse(text)).paths).flatMap(([path, operations]) =>
    Object.keys(operations).filter((method) => METHODS.has(method))
      .map((method) => `${method.toUpperCase()} ${path}`)
  );
}

function findingOf(routes: readonly string[], calls: readonly Call[]): Finding {
  const show = (values: readonly number[]) =>
    `${median(values).toFixed(2)} (${quantileOf(values, 0.05).toFixed(2)} – ${
      quantileOf(values, 0.95).toFixed(2)
    })`;
  const own = ({ totalMs, rpcMs }: Call) => totalMs - rpcMs;
  const calling = calls.filter(({ rpc }) => rpc !== null);
  return {
    title: "Each route, and the call of the database in it",
    about:
      "Milliseconds: median, and the range that nine of ten calls are in. The functions run in the " +
      "measuring process, on a stack of its own; the call that a route makes to the database over REST is " +
      "timed inside the very call of the route, so the rest is the function's own: verifying the token, " +
      "checking the request, checking and mapping the answer.",
    columns: ["route", "through the function", "its RPC alone", "the function's own", "ratio"],
    rows: routes.map((route) => {
      const of = calls.filter((call) => call.route === route);
      const rpc = of[0]!.rpc;
      return [
        `${route}${rpc === null ? "" : ` → ${rpc}`}`,
        show(of.map(({ totalMs }) => totalMs)),
        rpc === null ? "–" : show(of.map(({ rpcMs }) => rpcMs)),
        show(of.map(own)),
        rpc === null ? "–" : median(of.map(({ totalMs, rpcMs }) => totalMs / rpcMs)).toFixed(2),
      ];
    }),
    notes: [
      `Of all routes that ask the database: ${
        median(calling.map(own)).toFixed(2)
      } ms of their own at ` +
      `the median, ${quantileOf(calling.map(own), 0.95).toFixed(2)} ms at p95.`,
    ],
  };
}
