import type { OpenAPIHono } from "@hono/zod-openapi";
import { ERROR_CODES } from "./errors.ts";
import type { FunctionEnv } from "./environment.ts";
import { exampleProblem } from "./problem-examples.ts";
import { Problem } from "./schemas/problem.ts";
import { shareProblemResponses } from "./shared-responses.ts";

type App = OpenAPIHono<FunctionEnv>;

/** Version of the interface the functions offer: raised when something is added to it. */
const API_VERSION = "1.0.0";

const DESCRIPTION =
  `Times are epoch milliseconds on the server's clock; every answer about a session
has \`serverNow\`, so that a client can tell how far its own clock is off. Members that have no value
are left out.

Refusals are problem documents (RFC 9457) with a \`code\` to rely on. Every answer has an
\`x-request-id\`: the one of the request, if it had one, otherwise a new one.

Supabase's clients send the project's publishable key along in the header \`apikey\`.`;

/** Declares what routes refer to by name: the access token, problems, headers of answers. */
export function registerComponents(app: App): void {
  const registry = app.openAPIRegistry;
  registry.registerComponent("securitySchemes", "userToken", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The access token Supabase Auth gave the signed-in person.",
  });
  registry.register("Problem", Problem);
  for (const code of ERROR_CODES) {
    registry.registerComponent("examples", code, { value: exampleProblem(code) });
  }
  registry.registerComponent("headers", "RequestId", {
    description: "Identifies the request, in the log as well.",
    required: true,
    schema: { type: "string" },
  });
  registry.registerComponent("headers", "RetryAfter", {
    description: "How long to wait, in seconds.",
    required: true,
    schema: { type: "integer", minimum: 0 },
  });
  registry.registerComponent("headers", "WwwAuthenticate", {
    description: "What kind of credential is wanted, and what was wrong with the one given.",
    required: true,
    schema: { type: "string" },
  });
}

/** What is described. */
interface DescribedFunction {
  name: string;
  /** What it is for, in a sentence. */
  description: string;
}

/** The OpenAPI 3.1 description of a function, made from the very schemas that check requests. */
function openApiDocument(app: App, { name, description }: DescribedFunction) {
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: `Live workouts: ${name}`,
      version: API_VERSION,
      description: DESCRIPTION,
    },
    servers: [{ url: "/functions/v1", description: "Below the address of the Supabase project" }],
    tags: [{ name, description }],
  });
  // What every function has comes after what is its own.
  const about = [`/${name}/health`, `/${name}/openapi.json`];
  const paths = Object.entries(document.paths ?? {});
  const ordered = Object.fromEntries([
    ...paths.filter(([path]) => !about.includes(path)),
    ...paths.filter(([path]) => about.includes(path)),
  ]);
  return shareProblemResponses({ ...document, paths: ordered });
}

/** Serves the description at `/<function>/openapi.json`, without sign-in; describes that too. */
export function serveOpenApi(app: App, described: DescribedFunction): void {
  const { name } = described;
  app.openAPIRegistry.registerPath({
    method: "get",
    path: `/${name}/openapi.json`,
    operationId: `${name}OpenApi`,
    summary: "Read this description",
    tags: [name],
    responses: {
      200: {
        description: "An OpenAPI 3.1 document.",
        headers: { "x-request-id": { $ref: "#/components/headers/RequestId" } },
        content: {
          "application/json": { schema: { type: "object" }, example: { openapi: "3.1.0" } },
        },
      },
    },
  });
  // Made when first asked for: most processes are never asked, and all of them should start fast.
  let document: string | undefined;
  app.get(`/${name}/openapi.json`, (c) => {
    document ??= JSON.stringify(openApiDocument(app, described));
    return c.body(document, 200, { "content-type": "application/json" });
  });
}
