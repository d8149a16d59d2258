import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  documentSchema,
  MergeConflict,
  mergeDocuments,
  type OpenApiDocument,
} from "../../openapi/merge.ts";
import type { Services } from "./gateway.ts";

const title = "The edge functions of this stack";

/** What Swagger UI consists of, by the name it is served under. */
const assets: Record<string, string> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "favicon-32x32.png": "image/png",
};

/** Nothing is loaded from, or told to, any other address. */
const securityPolicy = "default-src 'none'; script-src 'self' 'unsafe-inline'; " +
  "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";

/**
 * Requests below /docs: a page to read about the edge functions and to try them out, made of what
 * each of them says at its own /openapi.json. Undefined for what is not there.
 */
export async function docs(path: string, services: Services): Promise<Response | undefined> {
  const name = path.replace(/^\/docs\/?/, "");
  if (name === "") return page(services);
  if (name === "openapi.json") return await openApi(services);
  const type = Object.hasOwn(assets, name) ? assets[name] : undefined;
  if (type === undefined) return undefined;
  return new Response(await Deno.readFile(join(swaggerFolder(), name)), {
    headers: { "content-type": type, "cache-control": "max-age=3600" },
  });
}

function swaggerFolder(): string {
  const require = createRequire(import.meta.url);
  return dirname(require.resolve("swagger-ui-dist/package.json"));
}

function page({ endpoints }: Services): Response {
  const settings = JSON.stringify({
    url: "/docs/openapi.json",
    dom_id: "#docs",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    persistAuthorization: true,
    tryItOutEnabled: true,
    validatorUrl: null,
  });
  return new Response(
    `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<main id="docs"></main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script>
SwaggerUIBundle({
  ...${settings},
  requestInterceptor(request) {
    request.headers.apikey = ${JSON.stringify(endpoints.PUBLISHABLE_KEY)};
    return request;
  },
});
</script>
</html>
`,
    {
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": securityPolicy,
      },
    },
  );
}

async function openApi(services: Services): Promise<Response> {
  const described = await Promise.all(
    (services.functions?.names() ?? []).map((name) => descriptionOf(name, services)),
  );
  const [first, ...others] = described.filter((document) => document !== undefined);
  if (first === undefined) {
    return Response.json({ message: "No edge function describes itself." }, { status: 404 });
  }
  try {
    // Only when somebody looks: the schemas are more than the stack needs to start.
    const { describePayloads } = await import("../../openapi/payloads.ts");
    return Response.json(mergeDocuments(title, [first, ...others, describePayloads()]));
  } catch (error) {
    if (!(error instanceof MergeConflict)) throw error;
    return Response.json({ message: error.message }, { status: 409 });
  }
}

/** What a function says of itself; undefined if it says nothing. */
async function descriptionOf(
  name: string,
  { functions, endpoints }: Services,
): Promise<OpenApiDocument | undefined> {
  const address = `${endpoints.FUNCTIONS_URL}/${name}/openapi.json`;
  const answer = await functions?.handle(new Request(address), "127.0.0.1");
  if (!answer?.ok) {
    await answer?.body?.cancel();
    return undefined;
  }
  try {
    return documentSchema.parse(await answer.json());
  } catch {
    // Some other function, which answers everything, has something else at that path.
    return undefined;
  }
}
