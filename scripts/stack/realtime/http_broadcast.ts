import { writePermissions } from "./authorization.ts";
import { DatabaseUnavailable } from "./database.ts";
import { customHeaders, json } from "./http_answers.ts";
import { isObject, type JsonObject } from "./json.ts";
import { ApiKeyError, type Claims, isApiKey } from "./keys.ts";
import { broadcastBytes } from "./limits/payload_size.ts";
import type { UserBroadcast } from "./protocol.ts";
import { Refusal } from "./refusal.ts";
import type { Services } from "./services.ts";

/** A request that cannot be understood; `errors` is the body of the answer. */
class InvalidRequest extends Error {
  constructor(readonly status: 400 | 415 | 422 | 429, readonly body: Record<string, unknown>) {
    super("invalid request");
  }
}

const TOO_LARGE = "Payload size exceeds tenant limit";

interface Message {
  readonly topic: string;
  readonly private: boolean;
  readonly broadcast: UserBroadcast;
}

/**
 * Sends messages for callers without a connection: `POST /api/broadcast` takes a batch, of which
 * it drops in silence what the caller may not send; `POST /api/broadcast/{topic}/events/{event}`
 * takes one and says so. `path` is what follows `/api/broadcast`.
 */
export async function handleBroadcast(
  request: Request,
  path: string,
  services: Services,
): Promise<Response> {
  if (request.method !== "POST") {
    return json(405, { error: "Method not allowed" }, { allow: "POST" });
  }
  const { messages } = services.usage;
  if (messages.exceeded) return tooManyRequests(messages.average, messages.limit);
  try {
    const sender = await identify(request, services);
    if (path === "") return await sendBatch(request, sender, services);
    const [, topic, event] = /^\/([^/]+)\/events\/([^/]+)$/.exec(path) ?? [];
    if (topic === undefined || event === undefined) return json(404, { error: "Not found" });
    return await sendOne(request, decode(topic), decode(event), sender, services);
  } catch (error) {
    if (error instanceof InvalidRequest) return json(error.status, error.body);
    if (error instanceof Refusal || error instanceof ApiKeyError) {
      return json(401, { message: "Unauthorized" });
    }
    if (error instanceof DatabaseUnavailable) {
      return json(422, { message: "Tenant database unavailable" });
    }
    throw error;
  }
}

/** Before anything is looked at, and in the platform's words. */
function tooManyRequests(average: number, limit: number): Response {
  const rolling = Math.trunc(average);
  return json(429, { message: "Too many requests" }, {
    "x-rate-rolling": String(rolling),
    "x-rate-limit": String(limit),
    "x-rate-limit-remaining": String(limit - rolling),
  });
}

interface Sender {
  readonly claims: Claims;
  readonly headers: Readonly<Record<string, string>>;
}

/** By the user's token if there is one, else by the API key. Raises Refusal or ApiKeyError. */
async function identify(request: Request, services: Services): Promise<Sender> {
  const [, bearer] = /^bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  const token = bearer ?? request.headers.get("apikey");
  const claims = token && !isApiKey(token)
    ? await services.keyring.verifyToken(token)
    : await services.keyring.claimsOfApiKey(token);
  return { claims, headers: customHeaders(request.headers) };
}

async function sendBatch(request: Request, sender: Sender, services: Services): Promise<Response> {
  const body = parseJson(await request.text());
  const messages = parseBatch(body, services);
  const { average, limit } = services.usage.messages;
  if (messages.length + average > limit) {
    const message = "Too many messages to broadcast, please reduce the batch size";
    throw new InvalidRequest(429, { message });
  }
  const allowed = new Map<string, Promise<boolean>>();
  for (const message of messages) {
    if (message.private) {
      const known = allowed.get(message.topic) ?? maySend(message.topic, sender, services);
      allowed.set(message.topic, known);
      if (!(await known)) continue;
    }
    send(message, services);
  }
  return new Response(null, { status: 202 });
}

async function sendOne(
  request: Request,
  topic: string,
  event: string,
  sender: Sender,
  services: Services,
): Promise<Response> {
  const broadcast = await readBody(request, event);
  if (broadcastBytes(broadcast) > services.usage.limits.payloadBytes) {
    throw new InvalidRequest(422, { errors: { payload: [TOO_LARGE] } });
  }
  const isPrivate = new URL(request.url).searchParams.get("private") === "true";
  if (isPrivate && !(await maySend(topic, sender, services))) {
    return json(403, { message: "Unauthorized" });
  }
  send({ topic, private: isPrivate, broadcast }, services);
  return new Response(null, { status: 202 });
}

function send(message: Message, services: Services): void {
  const topic = { name: message.topic, private: message.private };
  services.usage.messages.add();
  services.registry.broadcast(topic, message.broadcast);
}

async function maySend(topic: string, sender: Sender, services: Services): Promise<boolean> {
  const context = { topic, ...sender };
  return (await writePermissions(services.database, context, services.log)).broadcast;
}

async function readBody(request: Request, event: string): Promise<UserBroadcast> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type === "application/octet-stream") {
    return { event, encoding: "binary", body: new Uint8Array(await request.arrayBuffer()) };
  }
  if (type !== undefined && type !== "application/json") {
    throw new InvalidRequest(415, {
      error: "Unsupported Media Type. Use application/json or application/octet-stream",
    });
  }
  const text = await request.text();
  const value = parseJson(text);
  // The platform wraps what is no object, because a payload is one.
  const body = isObject(value) ? text : JSON.stringify({ _json: value });
  return { event, encoding: "json", body: new TextEncoder().encode(body) };
}

function parseBatch(body: unknown, services: Services): Message[] {
  const list: unknown = isObject(body) ? body.messages : undefined;
  if (!Array.isArray(list)) {
    throw new InvalidRequest(422, { errors: { messages: ["can't be blank"] } });
  }
  const problems: Problems[] = [];
  const messages = list.map((item: unknown) => parseMessage(isObject(item) ? item : {}, problems));
  for (const [index, { broadcast }] of messages.entries()) {
    const found = problems[index];
    const isTooLarge = broadcastBytes(broadcast) > services.usage.limits.payloadBytes;
    if (found && isTooLarge) found.payload = [TOO_LARGE];
  }
  if (problems.some((ofOne) => Object.keys(ofOne).length > 0)) {
    throw new InvalidRequest(422, { errors: { messages: problems } });
  }
  return messages;
}

type Problems = Record<string, string[]>;

/** Reads one message and adds what is wrong with it to `problems`. */
function parseMessage(item: JsonObject, problems: Problems[]): Message {
  const found: Problems = {};
  problems.push(found);
  const text = (name: string): string => {
    const value = item[name];
    if (typeof value === "string" && value !== "") return value;
    const blank = value === undefined || value === null || value === "";
    found[name] = [blank ? "can't be blank" : "is invalid"];
    return "";
  };
  const { payload, private: isPrivate = false } = item;
  if (!isObject(payload)) {
    found.payload = [payload === undefined || payload === null ? "can't be blank" : "is invalid"];
  }
  if (typeof isPrivate !== "boolean" && isPrivate !== null) found.private = ["is invalid"];
  const body = new TextEncoder().encode(JSON.stringify(payload));
  return {
    topic: text("topic"),
    private: isPrivate === true,
    broadcast: { event: text("event"), encoding: "json", body },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidRequest(400, { error: "The body is not JSON" });
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new InvalidRequest(400, { error: "The path is not well encoded" });
  }
}
