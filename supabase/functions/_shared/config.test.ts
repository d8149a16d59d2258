import { describe, expect, it } from "vitest";
import { ConfigurationError, readConfig } from "./config.ts";

const keySet = { keys: [{ kty: "oct", k: "c2VjcmV0", kid: "k1", alg: "HS256" }] };

const complete = {
  SUPABASE_URL: "https://abc.supabase.co/",
  SUPABASE_PUBLISHABLE_KEYS: '{"default": "sb_publishable_1", "web": "sb_publishable_2"}',
  SUPABASE_JWKS: JSON.stringify(keySet),
};

/** What the function says about an environment it does not start with. */
function complaint(environment: Record<string, string | undefined>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return error instanceof Error ? error.message : "";
  }
  throw new Error("The environment was accepted.");
}

describe("a complete environment", () => {
  it("is read", () => {
    expect(readConfig(complete)).toEqual({
      supabase: {
        url: "https://abc.supabase.co",
        publishableKeys: { default: "sb_publishable_1", web: "sb_publishable_2" },
        jwks: keySet,
      },
      allowedOrigins: "*",
    });
  });

  it("may hold the key set as a bare list", () => {
    const config = readConfig({ ...complete, SUPABASE_JWKS: JSON.stringify(keySet.keys) });
    expect(config.supabase.jwks).toEqual(keySet);
  });

  it.each(["SUPABASE_PUBLISHABLE_KEY", "SUPABASE_ANON_KEY"])(
    "may hold one key only (%s)",
    (name) => {
      const config = readConfig({ ...complete, SUPABASE_PUBLISHABLE_KEYS: "", [name]: "k" });
      expect(config.supabase.publishableKeys).toEqual({ default: "k" });
    },
  );

  it("may leave the key set to be fetched", () => {
    const fromProject = readConfig({ ...complete, SUPABASE_JWKS: undefined });
    expect(String(fromProject.supabase.jwks))
      .toBe("https://abc.supabase.co/auth/v1/.well-known/jwks.json");
    const explicit = readConfig({
      ...complete,
      SUPABASE_JWKS: undefined,
      SUPABASE_JWKS_URL: "https://keys.example.com/jwks.json",
    });
    expect(String(explicit.supabase.jwks)).toBe("https://keys.example.com/jwks.json");
    const local = readConfig({
      ...complete,
      SUPABASE_URL: "http://127.0.0.1:54321",
      SUPABASE_JWKS: undefined,
    });
    expect(String(local.supabase.jwks)).toBe(
      "http://127.0.0.1:54321/auth/v1/.well-known/jwks.json",
    );
  });

  it("may name the origins that browsers call from", () => {
    const config = readConfig({
      ...complete,
      CORS_ALLOWED_ORIGINS: "https://app.example.com, capacitor://localhost,http://localhost:5173",
    });
    expect(config.allowedOrigins)
      .toEqual(["https://app.example.com", "capacitor://localhost", "http://localhost:5173"]);
  });
});

describe("an incomplete environment", () => {
  it("is refused with everything that is missing", () => {
    const message = complaint({});
    expect(message).toContain("SUPABASE_URL is not set");
    expect(message).toContain("SUPABASE_PUBLISHABLE_KEYS is not set");
    expect(message).toContain("SUPABASE_JWKS is not set");
  });

  it.each(["", "abc.supabase.co", "ftp://abc.supabase.co"])("refuses the address %j", (url) => {
    expect(complaint({ ...complete, SUPABASE_URL: url })).toContain("SUPABASE_URL is not");
  });

  it.each([
    "{",
    "[]",
    "{}",
    '{"web": "x"}',
    '{"default": ""}',
    '{"default": 1}',
    "sb_publishable_1",
  ])(
    "refuses the publishable keys %j and does not repeat them",
    (keys) => {
      const message = complaint({ ...complete, SUPABASE_PUBLISHABLE_KEYS: keys });
      expect(message).toContain("SUPABASE_PUBLISHABLE_KEYS is not a JSON object");
      expect(message).not.toContain("sb_publishable_1");
    },
  );

  it.each(["{", "[]", '{"keys": []}', '{"keys": [{"kty": "oct", "k": "s3cret"}]}', "null"])(
    "refuses the key set %j and does not repeat it",
    (jwks) => {
      const message = complaint({ ...complete, SUPABASE_JWKS: jwks });
      expect(message).toContain("SUPABASE_JWKS is not a JSON Web Key Set");
      expect(message).not.toContain("s3cret");
    },
  );

  it("does not fetch keys in the clear from another machine", () => {
    const environment = { ...complete, SUPABASE_JWKS: "", SUPABASE_URL: "http://kong:8000" };
    expect(complaint(environment)).toContain("not fetched from SUPABASE_URL over plain http");
    const explicit = { ...environment, SUPABASE_JWKS_URL: "http://keys.example.com/jwks.json" };
    expect(complaint(explicit)).toContain("SUPABASE_JWKS_URL is not an https address");
  });

  it.each([
    "app.example.com",
    "https://app.example.com/path",
    "https://*.example.com",
    "*,https://a.b",
  ])(
    "refuses the origins %j",
    (origins) => {
      expect(complaint({ ...complete, CORS_ALLOWED_ORIGINS: origins })).toContain("is no origin");
    },
  );
});
