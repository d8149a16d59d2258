/** A function of the database as lite's introspection describes it. */
interface DescribedFunction {
  schema: string;
  name: string;
  arg_names: string[];
  arg_types: string[];
}

const isJsonType = (type: string | undefined) => type === "json" || type === "jsonb";

/**
 * Prepares a call of a function for lite, which hands arguments of type json on as text, objects
 * and lists encoded but strings as they are. Here the strings are encoded too, so that all of them
 * are JSON and `"abc"` arrives as the string that it is.
 *
 * @param functions the database's functions, asked for only when they matter
 */
export async function encodeJsonArguments(
  request: Request,
  functions: () => Promise<readonly DescribedFunction[]>,
): Promise<Request> {
  const path = new URL(request.url).pathname;
  const name = /^\/rest\/v1\/rpc\/([^/]+)$/.exec(path)?.[1];
  const isJson = request.headers.get("content-type")?.includes("application/json");
  if (!name || request.method !== "POST" || !isJson) return request;

  const text = await request.text();
  const body = encodeBody(text, name, await functions());
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  return new Request(request.url, {
    method: request.method,
    headers,
    body,
    signal: request.signal,
  });
}

function encodeBody(
  text: string,
  name: string,
  functions: readonly DescribedFunction[],
): string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // lite refuses it.
    return text;
  }
  if (body === null || typeof body !== "object" || Array.isArray(body)) return text;
  const jsonArguments = new Set(
    functions.filter((candidate) => candidate.name === name).flatMap((candidate) =>
      candidate.arg_names.filter((_, index) => isJsonType(candidate.arg_types[index]))
    ),
  );
  let changed = false;
  const encoded = Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      if (typeof value !== "string" || !jsonArguments.has(key)) return [key, value];
      changed = true;
      return [key, JSON.stringify(value)];
    }),
  );
  return changed ? JSON.stringify(encoded) : text;
}
