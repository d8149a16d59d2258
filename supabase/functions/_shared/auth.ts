import { createMiddleware } from "hono/factory";
import { createContextClient, verifyAuth } from "@supabase/server/core";
import type { Database } from "./database.types.ts";
import type { Caller, FunctionContext, FunctionEnv } from "./environment.ts";
import { internalError, Refusal } from "./errors.ts";
import { CHALLENGE } from "./problem.ts";
import { UUID_PATTERN } from "./schemas/ids.ts";

/**
 * Lets only signed-in people pass and leaves them in `caller`. Belongs to the single routes, not to
 * a whole application: `/health` and `/openapi.json` are for everybody.
 *
 * Made of the library's two parts rather than of its ready middleware, which would build a client
 * with the service role for every request; nothing here may hold one.
 *
 * @throws {Refusal} `unauthenticated` without a usable token, `internal_error` if the function is
 *   set up so that no token could be verified.
 */
export const signedIn = createMiddleware<FunctionEnv>(async (c, next) => {
  c.set("caller", await authenticate(c));
  await next();
});

async function authenticate(c: FunctionContext): Promise<Caller> {
  const { url, publishableKeys, jwks } = c.var.config.supabase;
  // No secret keys: left out, the library would read them from the environment.
  const env = { url, publishableKeys, secretKeys: {}, jwks };
  const { data, error } = await verifyAuth(c.req.raw, { auth: "user", env });
  if (error !== null) throw refusalFromAuth(error);
  const userId = data.userClaims?.id ?? "";
  // A token for something else than a person is properly signed, but belongs to none of ours.
  if (!UUID_PATTERN.test(userId)) throw invalidToken(undefined);
  const supabase = createContextClient<Database>({
    auth: { token: data.token },
    env,
    supabaseOptions: { global: { headers: { "x-request-id": c.var.requestId } } },
  });
  return { userId, supabase };
}

/** Tells a bad credential, which the caller can mend, from a bad set-up, which only we can. */
function refusalFromAuth(error: { status: number; code: string; cause?: unknown }): Refusal {
  if (error.status !== 401) return internalError(error);
  if (error.code === "INVALID_JWT") return invalidToken(error.cause);
  return new Refusal(
    "unauthenticated",
    "Sign in first: this needs the header Authorization: Bearer <access token>.",
    { cause: error },
  );
}

function invalidToken(cause: unknown): Refusal {
  const isExpired = cause instanceof Error && "code" in cause && cause.code === "ERR_JWT_EXPIRED";
  const detail = isExpired ? "The access token has expired." : "The access token is not valid.";
  return new Refusal("unauthenticated", detail, {
    headers: {
      "www-authenticate": `${CHALLENGE}, error="invalid_token", error_description="${detail}"`,
    },
    cause,
  });
}
