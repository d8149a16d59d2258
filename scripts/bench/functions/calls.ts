import { readConfig } from "../../../supabase/functions/_shared/config.ts";
import { createGuidedApp } from "../../../supabase/functions/guided/app.ts";
import { createInvitationsApp } from "../../../supabase/functions/invitations/app.ts";
import { createSessionsApp } from "../../../supabase/functions/sessions/app.ts";
import type { Stack } from "../../shared/people.ts";
import { type Caller, environmentFor } from "./target.ts";

/** A call of a route, in milliseconds. */
export interface Call {
  readonly route: string;
  /** The function of the database that it called; none where none is needed. */
  readonly rpc: string | null;
  /** From the request to the end of the answer. */
  readonly totalMs: number;
  /** Of that, what the function of the database took over REST, from request to end of answer. */
  readonly rpcMs: number;
}

/** A route as the description of the interface names it: `POST /sessions/{id}/join`. */
export type Send = (
  route: string,
  caller: Caller | null,
  path?: Readonly<Record<string, string>>,
  body?: unknown,
  // What comes back is looked into by whoever knows the route.
) => Promise<Record<string, unknown>>;

/** The functions in this process, each call to the database timed within the call of the route. */
export interface TimedFunctions {
  readonly send: Send;
  readonly calls: readonly Call[];
  /** Gives `fetch` back. */
  stop(): void;
}

/** Builds the functions as the platform would, to work with a stack. */
export function timeFunctions(stack: Stack): TimedFunctions {
  const config = readConfig(environmentFor(stack));
  const apps = {
    sessions: createSessionsApp(config, () => {}),
    invitations: createInvitationsApp(config, () => {}),
    guided: createGuidedApp(config, () => {}),
  };
  const calls: Call[] = [];
  let rpc: string | null = null;
  let rpcMs = 0;
  const ownFetch = globalThis.fetch;
  globalThis.fetch = async (...request) => {
    const startedAt = performance.now();
    const answer = await ownFetch(...request);
    const body = await answer.arrayBuffer();
    rpcMs += performance.now() - startedAt;
    const [input] = request;
    const url = input instanceof Request ? input.url : String(input);
    rpc = /\/rest\/v1\/rpc\/(\w+)/.exec(url)?.[1] ?? url;
    return new Response(body.byteLength > 0 ? body : null, answer);
  };

  const send: Send = async (route, caller, path = {}, body) => {
    const [method, pattern] = route.split(" ");
    const target = pattern!.replaceAll(/\{(\w+)\}/g, (_, name) => path[name]!);
    const app = apps[pattern!.split(/[/?]/)[1] as keyof typeof apps];
    rpc = null;
    rpcMs = 0;
    const startedAt = performance.now();
    const answer = await app.request(target, {
      method,
      headers: {
        apikey: stack.PUBLISHABLE_KEY,
        ...(caller ? { authorization: `Bearer ${caller.token}` } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const totalMs = performance.now() - startedAt;
    if (!answer.ok) throw new Error(`${route} answered ${answer.status}: ${text}`);
    calls.push({ route: route.split("?")[0]!, rpc, totalMs, rpcMs });
    return text === "" ? {} : JSON.parse(text);
  };
  return { send, calls, stop: () => void (globalThis.fetch = ownFetch) };
}
