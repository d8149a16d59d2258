import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { FunctionApp } from "../app.ts";
import { type FunctionConfig, readConfig } from "../config.ts";
import { ERRORS, isErrorCode } from "../errors.ts";
import type { LogSink } from "../request-log.ts";

interface DescribedResponse {
  $ref?: string;
  content?: Record<string, { schema: unknown; example?: unknown; examples?: object }>;
}

interface Operation {
  operationId?: string;
  summary?: string;
  security?: unknown[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, DescribedResponse>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { responses: Record<string, DescribedResponse> };
}

/** A function, and what the contract says it is. */
export interface FunctionToCheck {
  name: string;
  create: (config: FunctionConfig, log: LogSink) => FunctionApp;
  /** Method and path of every route, in order of the alphabet; without /health and /openapi.json. */
  routes: readonly string[];
  /** The folder of the function. */
  folder: URL;
}

const PUBLIC = /\/(health|openapi\.json)$/;

/** Registers the tests of what every function says of itself, and of its `deno.json`. */
export async function itDescribesItself(
  { name, create, routes, folder }: FunctionToCheck,
): Promise<void> {
  const config = readConfig({
    SUPABASE_URL: "http://127.0.0.1:1",
    SUPABASE_ANON_KEY: "k",
    SUPABASE_JWKS: JSON.stringify({ keys: [{ kty: "oct", kid: "k" }] }),
  });
  const app = create(config, () => {});
  const { paths, components }: Description = await (await app.request(`/${name}/openapi.json`))
    .json();
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      operation,
    }))
  );

  describe(`the description of ${name}`, () => {
    it("has every route of the contract, and no other", () => {
      expect(operations.map(({ method, path }) => `${method} ${path}`).sort())
        .toEqual([...routes, `GET /${name}/health`, `GET /${name}/openapi.json`].sort());
    });

    it("names every operation, each differently", () => {
      const ids = operations.map(({ operation }) => operation.operationId);
      expect(ids.every(Boolean)).toBe(true);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it.each(operations)("says of $method $path who may call it", ({ path, operation }) => {
      expect(operation.summary).toBeTruthy();
      if (PUBLIC.test(path)) expect(operation.security).toBeUndefined();
      else expect(operation.security).toEqual([{ userToken: [] }]);
    });

    it.each(operations.filter(({ path }) => !PUBLIC.test(path)))(
      "says of $method $path how it refuses",
      ({ method, operation }) => {
        const always = ["400", "401", "403", "500"];
        const withBody = method === "GET" ? [] : ["413", "415"];
        expect(Object.keys(operation.responses))
          .toEqual(expect.arrayContaining([...always, ...withBody]));
      },
    );

    it.each(operations)("shows examples of $method $path", ({ operation }) => {
      for (const { example } of Object.values(operation.requestBody?.content ?? {})) {
        expect(example).toBeDefined();
      }
      for (const [status, response] of Object.entries(operation.responses)) {
        const name = response.$ref?.replace("#/components/responses/", "");
        const { content } = name === undefined ? response : components.responses[name] ?? {};
        for (const [mediaType, media] of Object.entries(content ?? {})) {
          if (mediaType === "application/json") expect(media.example).toBeDefined();
          else expectEveryCode(status, media.examples);
        }
      }
    });
  });

  describe(`deno.json of ${name}`, () => {
    const imports: Record<string, string> = readJson(new URL("./deno.json", folder)).imports;
    const dependencies: Record<string, string> =
      readJson(new URL("../../../package.json", folder)).dependencies;

    it("has exactly the versions of package.json, for a package and for what lies below it", () => {
      for (const [specifier, target] of Object.entries(imports)) {
        const isFolder = specifier.endsWith("/");
        const packageName = isFolder ? specifier.slice(0, -1) : specifier;
        const version = dependencies[packageName];
        expect(version, packageName).toMatch(/^\d+\.\d+\.\d+$/);
        expect(target).toBe(
          isFolder ? `npm:/${packageName}@${version}/` : `npm:${packageName}@${version}`,
        );
      }
    });

    it("has every package that package.json has for functions", () => {
      const names = Object.keys(imports).filter((specifier) => !specifier.endsWith("/"));
      expect(names.sort()).toEqual(Object.keys(dependencies).sort());
    });
  });

  it("has an entry in config.toml", () => {
    const toml = readFileSync(new URL("../../config.toml", folder), "utf8");
    expect(toml).toContain(
      [
        `[functions.${name}]`,
        "enabled = true",
        "verify_jwt = false",
        `import_map = "./functions/${name}/deno.json"`,
        `entrypoint = "./functions/${name}/index.ts"`,
      ].join("\n"),
    );
  });
}

/** Each code of a status has an example, and no example has the code of another status. */
function expectEveryCode(status: string, examples: object = {}): void {
  const codes = Object.keys(examples);
  expect(codes).not.toEqual([]);
  for (const code of codes) {
    if (!isErrorCode(code)) throw new Error(`${code} is no code.`);
    expect(ERRORS[code].status).toBe(Number(status));
  }
}

function readJson(url: URL) {
  return JSON.parse(readFileSync(url, "utf8"));
}
