/** The part of a Hono context that this reads and writes. */
interface Context {
  req: {
    header(name: string): string | undefined;
    query(name: string): string | undefined;
  };
  set(name: "userId" | "sessionId", value: string): void;
}

/**
 * Middleware for REST. Before each request with an access token lite looks the person and the
 * session up in schema auth, which PostgREST does not do and which the role that REST signs in as
 * may not. Taking both for known skips that; right after, lite verifies the token's signature and
 * replaces what is set here by the token's claims.
 */
export async function trustTokens(context: Context, next: () => Promise<void>): Promise<void> {
  const token = /^Bearer\s+(.+)$/.exec(context.req.header("authorization") ?? "")?.[1];
  const apiKey = context.req.header("apikey") ?? context.req.query("apikey");
  // The same condition as lite's own for "this header is an access token and not an API key".
  if (token && token !== apiKey && !token.startsWith("sb_")) {
    context.set("userId", "to be verified");
    context.set("sessionId", "to be verified");
  }
  await next();
}
