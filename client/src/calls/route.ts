import type { LiveWorkoutSupabase } from "../database.ts";
import { LiveWorkoutError } from "../errors.ts";
import { nobodyAnswered, withDeadline } from "./deadline.ts";
import { failureOfStatus, isCode, isRecord, parseJson } from "./failures.ts";
import type { CallOptions } from "./options.ts";
import type { AnswerOf, RequestOf, RouteName } from "./routes.ts";

/** How long to wait before each further attempt of a call that creates something, in ms. */
const PAUSES_MS = [300, 1_200];

/** What a request is made of, whichever route it is for. */
interface Parts {
  readonly path?: object | undefined;
  readonly query?: object | undefined;
  readonly body?: object | undefined;
  readonly idempotencyKey?: string | undefined;
}

/**
 * Calls a route of the edge functions. One that creates something carries a key, and so is repeated
 * by itself when nobody answered or a gateway did; all others are tried once.
 *
 * @throws LiveWorkoutError the refusal, `network_error` or `unexpected_answer`
 */
export async function callRoute<Route extends RouteName>(
  supabase: LiveWorkoutSupabase,
  route: Route,
  request: RequestOf<Route>,
  options: CallOptions = {},
): Promise<AnswerOf<Route>> {
  const pauses = request.idempotencyKey === undefined ? [] : [...PAUSES_MS];
  for (;;) {
    try {
      const answer = await withDeadline(
        options,
        (signal) => attempt(supabase, route, request, signal),
      );
      return answer as AnswerOf<Route>;
    } catch (error) {
      const pause = pauses.shift();
      if (pause === undefined || !isPassing(error)) throw error;
      await withDeadline(
        { signal: options.signal, timeoutMs: pause + 1_000 },
        () => new Promise((resolve) => setTimeout(resolve, pause)),
      );
    }
  }
}

async function attempt(
  supabase: LiveWorkoutSupabase,
  route: RouteName,
  { path, query, body, idempotencyKey }: Parts,
  signal: AbortSignal,
): Promise<unknown> {
  const [method, template] = route.split(" ") as ["GET" | "POST", string];
  const { data, error, response } = await supabase.functions.invoke<unknown>(
    fillIn(template, path) + queryString(query),
    {
      method,
      signal,
      ...(body === undefined ? {} : { body: { ...body } }),
      ...(idempotencyKey === undefined ? {} : { headers: { "idempotency-key": idempotencyKey } }),
    },
  );
  if (error !== null) throw await failureOf(error, response);
  if (response?.status === 204) return undefined;
  if (!isRecord(data)) throw failureOfStatus(response?.status ?? 200, []);
  return data;
}

/** The address below the functions: without a slash before it, and nothing of a value escapes. */
function fillIn(template: string, values: object = {}): string {
  const byName = new Map(Object.entries(values));
  return template.slice(1).replace(
    /\{(\w+)\}/g,
    (_, name: string) => encodeURIComponent(String(byName.get(name))),
  );
}

function queryString(query: object = {}): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

async function failureOf(error: unknown, response: Response | undefined) {
  if (response === undefined) return failureWithoutAnswer(error);
  // The body may break off as well: then what the status says has to do.
  const document = parseJson(await response.text().catch(() => ""));
  const requestId = response.headers.get("x-request-id") ?? undefined;
  if (isRecord(document) && isCode(document.code) && typeof document.detail === "string") {
    const {
      type: _type,
      title: _title,
      status: _status,
      code,
      detail,
      requestId: named,
      ...members
    } = document;
    return new LiveWorkoutError({
      code,
      detail: detail as string,
      status: response.status,
      requestId: typeof named === "string" ? named : requestId,
      members,
    }, { cause: error });
  }
  const wait = Number(response.headers.get("retry-after") ?? Number.NaN);
  return failureOfStatus(response.status, [401, 429], {
    requestId,
    ...(Number.isFinite(wait) ? { members: { retryAfterSeconds: wait } } : {}),
  }, error);
}

function failureWithoutAnswer(error: unknown): LiveWorkoutError {
  // It answered well and said it was JSON, but it was not.
  if (error instanceof SyntaxError) return failureOfStatus(200, [], {}, error);
  return nobodyAnswered("The server could not be reached.", error);
}

function isPassing(error: unknown): boolean {
  return error instanceof LiveWorkoutError &&
    (error.code === "network_error" || (error.code === "unexpected_answer" && error.status >= 500));
}
