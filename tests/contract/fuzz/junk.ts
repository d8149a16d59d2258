import type { Random } from "./random.ts";

/** Values that break what was not made for them. All of them survive JSON. */
export const JUNK: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  0.5,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  "",
  " ",
  "\t\r\n",
  "0",
  "1e3",
  "true",
  "null",
  "NaN",
  "\0",
  "a\0b",
  "\ud83d",
  "\udc00\ud800",
  "\ufeff",
  "\u202e",
  "e\u0301",
  "\u{1f4aa}".repeat(60),
  "x".repeat(101),
  "x".repeat(5000),
  "' or 1=1 --",
  '"; drop table users; --',
  "$1",
  "%s%n",
  "${7*7}",
  "../../etc/passwd",
  "<script>alert(1)</script>",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "{00000000-0000-0000-0000-000000000000}",
  "2026-11-23T08:00:00Z",
  "infinity",
  "-infinity",
  [],
  [null],
  [[]],
  Array(200).fill("x"),
  {},
  { "": "" },
  { $ne: null },
  { constructor: { prototype: {} } },
  JSON.parse('{"__proto__": {"admin": true}}'),
  JSON.parse("[".repeat(60) + "]".repeat(60)),
];

/** Names of members and parameters that nobody documents. */
export const JUNK_NAMES = [
  "colour",
  "",
  "__proto__",
  "constructor",
  "toString",
  "a.b[c]",
  "host_id",
  "hostId",
  "role",
  "select",
  "\0",
  "\u{1f4aa}",
  "x".repeat(300),
];

/** Bodies that are no JSON object, as they would be sent. */
export const JUNK_BODIES = [
  "",
  " ",
  "{",
  "}",
  '{"mode": "shared",}',
  "{'mode': 'shared'}",
  '{"mode": "shared"} {"mode": "shared"}',
  '\ufeff{"mode": "shared"}',
  "NaN",
  "undefined",
  "null",
  "[]",
  '"text"',
  "1e999",
  "mode=shared&name=x",
  "\0",
  "[".repeat(20_000),
  '{"a":'.repeat(5000),
  JSON.stringify({ name: "x".repeat(70_000) }),
];

/** What might stand in a path where an id belongs. Percent signs are as they are sent. */
export const JUNK_SEGMENTS = [
  "42",
  "null",
  "undefined",
  "%00",
  "%ff",
  "%E0%A4%A",
  "%",
  "..%2f..",
  "%2e",
  "a%20b",
  "%F0%9F%92%AA",
  "{id}",
  "'",
  "*",
  ":id",
  "-1",
  "health",
  "links",
  "openapi.json",
  "x".repeat(3000),
];

/** Whole queries that nobody sends on purpose. */
export const JUNK_QUERIES = [
  "?",
  "?=",
  "?&&",
  "?%",
  "?%00=%00",
  "?limit=1&limit=2",
  "?__proto__=1",
  "?a[]=1&a[b]=2",
  "?" + "x".repeat(4000),
];

/** Headers a client may send, with values that can be sent at all. */
export const JUNK_HEADERS: readonly (readonly [name: string, value: string])[] = [
  ["x-request-id", ""],
  ["x-request-id", "x".repeat(1000)],
  ["x-request-id", "a b\tc"],
  ["x-request-id", "\u00e9\u00ff"],
  ["idempotency-key", ""],
  ["idempotency-key", "x".repeat(256)],
  ["idempotency-key", "\u00e9"],
  ["idempotency-key", "' or 1=1 --"],
  ["accept", "text/html"],
  ["accept", ""],
  ["accept-encoding", "br, zstd, *;q=0"],
  ["accept-language", "x".repeat(1000)],
  ["prefer", "tx=rollback, return=representation"],
  ["accept-profile", "private"],
  ["content-profile", "private"],
  ["x-forwarded-for", "127.0.0.1, ::1"],
  ["x-forwarded-host", "evil.example.com"],
  ["x-http-method-override", "DELETE"],
  ["apikey", "garbage"],
  ["origin", "null"],
  ["origin", "https://evil.example.com"],
  ["cookie", "sb-access-token=x"],
  ["range", "0-1000000"],
  ["if-none-match", "*"],
  ["content-type", "text/plain"],
  ["content-type", "application/json; charset=utf-16"],
  ["content-type", "multipart/form-data; boundary=x"],
  ["content-type", "application/json, text/plain"],
  ["content-type", ""],
  ["content-encoding", "gzip"],
];

/** A copy of a body with something wrong in it; of what is no object, junk. */
export function damage(value: unknown, random: Random): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.8)) {
    const index = random.below(value.length);
    return value.map((item, at) => at === index ? damage(item, random) : item);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return random.pick(JUNK);
  }
  const entries = Object.entries(value);
  const at = random.below(entries.length + 1);
  const entry = entries[at];
  if (entry === undefined || random.chance(0.15)) {
    return withMember(entries, random.pick(JUNK_NAMES), random.pick(JUNK));
  }
  if (random.chance(0.2)) return Object.fromEntries(entries.filter((_, index) => index !== at));
  const wrong = random.chance(0.5) ? random.pick(JUNK) : damage(entry[1], random);
  return withMember(entries, entry[0], wrong);
}

/** An object with one member more, or another; `__proto__` too is a member like any. */
function withMember(entries: readonly [string, unknown][], name: string, value: unknown): unknown {
  const others = entries.filter(([other]) => other !== name);
  const members = [...others, [name, value] as const].map(([key, member]) =>
    `${JSON.stringify(key)}:${JSON.stringify(member)}`
  );
  return JSON.parse(`{${members.join(",")}}`);
}
