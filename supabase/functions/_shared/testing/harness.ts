import { afterAll, beforeAll } from "vitest";
import type { FunctionApp } from "../app.ts";
import { type FunctionConfig, readConfig } from "../config.ts";
import type { LogSink } from "../request-log.ts";
import { type RestCall, type RestDouble, startRestDouble } from "./rest-double.ts";
import { createSigningKey, type SigningKey, signToken, type TokenOptions } from "./tokens.ts";

/** The publishable key functions get in tests. */
export const PUBLISHABLE_KEY = "sb_publishable_test";

/** One request to the function under test. */
export interface TestRequest {
  method?: string;
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  /** The access token; a good one unless given, none if null. */
  token?: string | null;
}

/** What came of a request. */
export interface TestAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** A function that runs in the test's own process, with a double of the REST interface behind it. */
export interface Harness {
  app: FunctionApp;
  key: SigningKey;
  rest: RestDouble;
  /** The lines the function has logged. */
  lines: string[];
  token(options?: TokenOptions): Promise<string>;
  call(path: string, request?: TestRequest): Promise<TestAnswer>;
  /** The one call the function has made to the database; fails if there was none or more. */
  onlyRestCall(): RestCall;
  /** Forgets calls and log lines, and answers with this from now on. */
  answerWith(body: unknown, status?: number): void;
  stop(): Promise<void>;
}

/** Starts a function for a test file; `stop` it afterwards. */
export async function startHarness(
  create: (config: FunctionConfig, log: LogSink) => FunctionApp,
  environment: Record<string, string> = {},
): Promise<Harness> {
  const rest = await startRestDouble();
  const key = await createSigningKey();
  const lines: string[] = [];
  const config = readConfig({
    SUPABASE_URL: rest.url,
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: PUBLISHABLE_KEY }),
    SUPABASE_JWKS: JSON.stringify(key.keySet),
    ...environment,
  });
  const app = create(config, (line) => lines.push(line));
  const goodToken = await signToken(key);

  return {
    app,
    key,
    rest,
    lines,
    token: (options) => signToken(key, options),
    call: async (path, request = {}) => {
      const { method = "GET", body, headers, token = goodToken } = request;
      const answer = await app.request(path, {
        method,
        headers: {
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
      });
      const text = await answer.text();
      return {
        status: answer.status,
        headers: answer.headers,
        body: text === "" ? {} : JSON.parse(text),
      };
    },
    onlyRestCall: () => {
      const [call, ...others] = rest.calls;
      if (call === undefined || others.length > 0) {
        throw new Error(`Expected one call to the database, saw ${rest.calls.length}.`);
      }
      return call;
    },
    answerWith: (body, status = 200) => {
      rest.calls.length = 0;
      lines.length = 0;
      rest.answer = { status, body };
    },
    stop: () => rest.stop(),
  };
}

/** Runs a function for all the tests of a file. */
export function useHarness(create: Parameters<typeof startHarness>[0]): () => Harness {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(create);
  });
  afterAll(() => harness.stop());
  return () => harness;
}
