import { App } from "@supabase/lite";
import type { StackConfig } from "../config.ts";
import type { Login } from "../database/connect.ts";
import type { StackKeys } from "../keys.ts";
import { openApiConnection } from "./connection.ts";
import { followSchemaChanges } from "./schema_changes.ts";
import { trustTokens } from "./token_trust.ts";
import { encodeJsonArguments } from "./rpc_json.ts";
import { serve } from "./request.ts";

/** The REST and Auth servers. */
export interface Api {
  /** Requests below /rest/v1. @throws DatabaseUnavailable */
  rest(request: Request): Promise<Response>;
  /** Requests below /auth/v1. @throws DatabaseUnavailable */
  auth(request: Request): Promise<Response>;
  stop(): Promise<void>;
}

/** What the servers sign in as. */
export interface ApiLogins {
  rest: Login;
  auth: Login;
}

/**
 * Starts @supabase/lite twice: REST as a role that owns nothing, Auth as the owner of schema auth.
 *
 * @param sendEmail gets what Auth would send by email, for a person to read
 */
export async function startApi(
  config: StackConfig,
  keys: StackKeys,
  logins: ApiLogins,
  sendEmail: (email: { to: string; subject: string; text?: string }) => void,
): Promise<Api> {
  const auth = {
    enabled: config.auth.enabled,
    jwt_secret: keys.jwtSecret,
    publishable_key: keys.publishableKey,
    secret_key: keys.secretKey,
    site_url: config.auth.site_url,
    additional_redirect_urls: config.auth.additional_redirect_urls,
    jwt_expiry: config.auth.jwt_expiry,
    enable_refresh_token_rotation: config.auth.enable_refresh_token_rotation,
    refresh_token_reuse_interval: config.auth.refresh_token_reuse_interval,
    enable_signup: config.auth.enable_signup,
    minimum_password_length: config.auth.minimum_password_length,
    password_requirements: config.auth.password_requirements,
    email: {
      enable_signup: config.auth.email.enabled,
      double_confirm_changes: config.auth.email.double_confirm_changes,
      enable_confirmations: config.auth.email.enable_confirmations,
      secure_password_change: config.auth.email.secure_password_change,
      max_frequency: config.auth.email.max_frequency,
      otp_length: config.auth.email.otp_length,
      otp_expiry: config.auth.email.otp_expiry,
    },
  };
  const drivers = {
    email: {
      send: (email: { to: string; subject: string; text?: string }) =>
        Promise.resolve(sendEmail(email)),
    },
  };
  const restConnection = openApiConnection(
    logins.rest,
    10,
    config.api.extra_search_path.join(", "),
  );
  const authConnection = openApiConnection(logins.auth, 5, "auth");
  const restApp = new App({
    connection: restConnection.connection,
    options: { server: { disableStudio: true, middlewares: [trustTokens] }, drivers },
    api: {
      schemas: config.api.schemas,
      extra_search_path: config.api.extra_search_path,
      max_rows: config.api.max_rows,
      // The platform refuses UPDATE and DELETE without a filter as well.
      pg_safe_update: true,
      // Concerns requests with an unusable token only: they are refused, not served as anon.
      anonymous_enabled: false,
    },
    auth,
  });
  const authApp = new App({
    connection: authConnection.connection,
    options: { server: { disableStudio: true }, drivers },
    auth,
  });
  await Promise.all([restApp.init(), authApp.init()]);

  const schema = restConnection.connection;
  await schema.introspect({ useCache: true });
  const stopFollowing = followSchemaChanges(logins.rest, () => schema.clearSchemaCache());

  const functions = async () => (await schema.introspect({ useCache: true })).functions ?? [];

  return {
    rest: (request) =>
      serve(async () => await restApp.fetch(await encodeJsonArguments(request, functions))),
    auth: (request) => serve(() => authApp.fetch(request)),
    async stop() {
      await Promise.all([stopFollowing(), restConnection.close(), authConnection.close()]);
    },
  };
}
