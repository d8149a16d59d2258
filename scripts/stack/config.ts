import { join, relative } from "node:path";
import { parse, TomlError } from "smol-toml";
import { z } from "zod";
import { isNotFound, StackError } from "./errors.ts";

const port = z.int().min(1).max(65535);

/**
 * The part of config.toml that the embedded stack acts on. Sections that only the Supabase CLI
 * knows pass through unread.
 */
const configSchema = z.object({
  project_id: z.string().min(1),
  api: z.object({
    enabled: z.boolean().default(true),
    port: port.default(54321),
    schemas: z.array(z.string().min(1)).default(["public"]),
    extra_search_path: z.array(z.string().min(1)).default(["public", "extensions"]),
    max_rows: z.int().positive().default(1000),
    auto_expose_new_tables: z.boolean().default(true),
  }).prefault({}),
  db: z.object({
    port: port.default(54322),
    major_version: z.literal(17, { error: "The embedded stack has PostgreSQL 17 only." })
      .default(17),
    migrations: z.object({ enabled: z.boolean().default(true) }).prefault({}),
    seed: z.object({
      enabled: z.boolean().default(true),
      sql_paths: z.array(z.string().min(1)).default(["./seed.sql"]),
    }).prefault({}),
  }).prefault({}),
  realtime: z.object({ enabled: z.boolean().default(true) }).prefault({}),
  auth: z.object({
    enabled: z.boolean().default(true),
    site_url: z.url().default("http://127.0.0.1:3000"),
    additional_redirect_urls: z.array(z.string()).default([]),
    jwt_expiry: z.int().min(1).max(604_800).default(3600),
    enable_refresh_token_rotation: z.boolean().default(true),
    refresh_token_reuse_interval: z.int().min(0).default(10),
    enable_signup: z.boolean().default(true),
    minimum_password_length: z.int().min(6).default(6),
    password_requirements: z.enum([
      "",
      "letters_digits",
      "lower_upper_letters_digits",
      "lower_upper_letters_digits_symbols",
    ]).default(""),
    email: z.object({
      enabled: z.boolean().default(true),
      double_confirm_changes: z.boolean().default(true),
      enable_confirmations: z.boolean().default(false),
      secure_password_change: z.boolean().default(false),
      max_frequency: z.string().default("1s"),
      otp_length: z.int().min(6).max(10).default(6),
      otp_expiry: z.int().positive().default(3600),
    }).prefault({}),
  }).prefault({}),
  edge_runtime: z.object({
    enabled: z.boolean().default(true),
    secrets: z.record(z.string(), z.string()).default({}),
  }).prefault({}),
  functions: z.record(
    z.string(),
    z.object({
      enabled: z.boolean().default(true),
      verify_jwt: z.boolean().default(true),
      entrypoint: z.string().min(1).optional(),
    }),
  ).default({}),
});

/** config.toml as the embedded stack understands it. */
export type StackConfig = z.infer<typeof configSchema>;

/**
 * Reads and checks `supabase/config.toml`.
 *
 * @throws StackError naming file, line and member if it is absent, not TOML, or does not fit
 */
export async function loadConfig(projectDir: string): Promise<StackConfig> {
  const path = join(projectDir, "supabase", "config.toml");
  const shown = relative(Deno.cwd(), path) || path;
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (isNotFound(error)) throw new StackError(`There is no ${shown}.`);
    throw error;
  }

  let document: Record<string, unknown>;
  try {
    document = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = error.message.split("\n")[0]!.replace(/^Invalid TOML document: /, "");
    throw new StackError(
      `${shown}:${error.line}:${error.column}: ${reason}\n${error.codeblock.trimEnd()}`,
    );
  }
  const result = configSchema.safeParse(resolveEnvironment(document));
  if (!result.success) {
    throw new StackError(
      result.error.issues.map((issue) => {
        const line = lineOf(text, issue.path.map(String));
        return `${shown}${line ? `:${line}` : ""}: ${issue.path.join(".")}: ${issue.message}`;
      }).join("\n"),
    );
  }
  return result.data;
}

/** Replaces `env(NAME)` by the variable's value where it is set, as the Supabase CLI does. */
function resolveEnvironment(value: unknown): unknown {
  if (typeof value === "string") {
    const name = /^env\((\w+)\)$/.exec(value)?.[1];
    return name ? Deno.env.get(name) ?? value : value;
  }
  if (Array.isArray(value)) return value.map(resolveEnvironment);
  if (value !== null && typeof value === "object" && !(value instanceof Date)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, resolveEnvironment(member)]),
    );
  }
  return value;
}

/** The line on which a member stands, found by its table header and key; undefined if unsure. */
function lineOf(text: string, path: readonly string[]): number | undefined {
  const lines = text.split("\n");
  for (let length = path.length; length > 0; length--) {
    const key = path[length - 1];
    const wanted = path.slice(0, length - 1).join(".");
    let table = "";
    for (const [index, content] of lines.entries()) {
      const header = /^\s*\[\s*([^\[\]]+?)\s*\]/.exec(content)?.[1];
      if (header !== undefined) {
        table = header;
        if (table === path.slice(0, length).join(".")) return index + 1;
      } else if (table === wanted && /^\s*"?([\w-]+)"?\s*=/.exec(content)?.[1] === key) {
        return index + 1;
      }
    }
  }
  return undefined;
}
