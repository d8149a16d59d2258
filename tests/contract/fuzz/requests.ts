import type { Operation } from "../../helpers/openapi.ts";
import {
  damage,
  JUNK,
  JUNK_BODIES,
  JUNK_HEADERS,
  JUNK_NAMES,
  JUNK_QUERIES,
  JUNK_SEGMENTS,
} from "./junk.ts";
import { type Focus, pickFocus, type Pool } from "./pool.ts";
import type { Random } from "./random.ts";
import { makeValue } from "./values.ts";

/** A request to a function, ready to be sent. */
export interface FuzzRequest {
  method: string;
  /** From the function's name on. */
  path: string;
  headers: Record<string, string>;
  body: string | null;
}

/** Credentials that are none, and a token for a role that may do nothing. */
export interface Credentials {
  useless: readonly string[];
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "PROPFIND"];

/** A few keys again and again, so that some come back. */
const KEYS = Array.from({ length: 12 }, (_, index) => `key-${index}`);

/**
 * Makes a request for an operation. Two in five are as the document wants them; in the others
 * something is wrong: in the path, the query, the headers or the body, or in more than one.
 */
export function makeRequest(
  operation: Operation,
  pool: Pool,
  credentials: Credentials,
  random: Random,
): FuzzRequest {
  const focus = pickFocus(pool, random);
  const isGood = random.chance(0.4);
  const spoils = () => !isGood && random.chance(0.35);
  const request: FuzzRequest = {
    method: spoils() && random.chance(0.2) ? random.pick(METHODS) : operation.method,
    path: makePath(operation, focus, random, spoils()) +
      makeQuery(operation, focus, random, spoils()),
    headers: makeHeaders(operation, focus, pool, credentials, random, spoils()),
    body: makeBody(operation, focus, random, spoils()),
  };
  if (request.method === "GET" || request.method === "HEAD") request.body = null;
  if (request.body === null && !("content-type" in request.headers)) return request;
  return { ...request, headers: { "content-type": "application/json", ...request.headers } };
}

function makePath(operation: Operation, focus: Focus, random: Random, spoil: boolean): string {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (spoil && random.chance(0.7)) return random.pick(JUNK_SEGMENTS);
    if (name === "userId") return focus.person.id;
    if (operation.path.includes("/links/")) return focus.link.id;
    if (operation.path.startsWith("/invitations/")) return focus.invitation.id;
    return random.chance(0.1) ? focus.session.id.toUpperCase() : focus.session.id;
  });
  if (!spoil || random.chance(0.7)) return path;
  return path + random.pick(["/", "//", "/x", `/${random.pick(JUNK_SEGMENTS)}`]);
}

function makeQuery(operation: Operation, focus: Focus, random: Random, spoil: boolean): string {
  if (spoil && random.chance(0.3)) return random.pick(JUNK_QUERIES);
  const pairs = (operation.parameters ?? [])
    .filter((parameter) => parameter.in === "query" && random.chance(0.4))
    .map(({ name, schema }) => {
      const value = spoil && random.chance(0.5)
        ? random.pick(JUNK)
        : makeValue(schema, name, focus, random);
      return [name, typeof value === "string" ? value : JSON.stringify(value)] as const;
    });
  if (spoil) pairs.push([random.pick(JUNK_NAMES), "1"]);
  const text = pairs.map((pair) =>
    pair.map((part) => encodeURIComponent(part.toWellFormed())).join("=")
  ).join("&");
  return text === "" ? "" : `?${text}`;
}

function makeHeaders(
  operation: Operation,
  focus: Focus,
  pool: Pool,
  credentials: Credentials,
  random: Random,
  spoil: boolean,
): Record<string, string> {
  const headers: Record<string, string> = {};
  if (operation.security !== undefined || random.chance(0.2)) {
    headers.authorization = `Bearer ${pickCaller(operation, focus, pool, random).token}`;
  }
  const hasKey = operation.parameters?.some(({ name }) => name === "idempotency-key");
  if (hasKey && random.chance(0.2)) headers["idempotency-key"] = random.pick(KEYS);
  if (!spoil) return headers;
  if (random.chance(0.3)) {
    const useless = random.pick(["", ...credentials.useless]);
    if (useless === "") delete headers.authorization;
    else headers.authorization = useless;
  }
  for (let count = random.between(0, 3); count > 0; count--) {
    const [name, value] = random.pick(JUNK_HEADERS);
    headers[name] = value;
  }
  return headers;
}

/** Mostly somebody who may do this, so that requests come further than to the door. */
function pickCaller(operation: Operation, focus: Focus, pool: Pool, random: Random) {
  const wanted = operation.path.startsWith("/invitations/{id}/")
    ? focus.invitation.recipientId
    : operation.path.startsWith("/invitations/{id}")
    ? focus.invitation.hostId
    : focus.session.hostId;
  const inner = random.chance(0.75) ? pool.people.find(({ id }) => id === wanted) : undefined;
  return inner ?? focus.person;
}

function makeBody(
  operation: Operation,
  focus: Focus,
  random: Random,
  spoil: boolean,
): string | null {
  const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  if (spoil && random.chance(0.2)) return random.pick(JUNK_BODIES);
  if (schema === undefined) return random.chance(spoil ? 0.8 : 0.2) ? "{}" : null;
  let body = makeValue(schema, "", focus, random);
  if (spoil) {
    for (let count = random.between(1, 3); count > 0; count--) body = damage(body, random);
  }
  return JSON.stringify(body);
}
