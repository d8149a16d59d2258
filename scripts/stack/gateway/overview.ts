import type { Services } from "./gateway.ts";

/** What is where: JSON, or a page for a browser. Holds nothing secret. */
export function overviewPage(request: Request, services: Services): Response {
  const base = services.endpoints.API_URL;
  const overview = {
    description: "Local development stack",
    rest: `${base}/rest/v1`,
    auth: `${base}/auth/v1`,
    realtime: services.endpoints.REALTIME_URL,
    docs: `${base}/docs`,
    functions: (services.functions?.names() ?? []).map((name) =>
      `${services.endpoints.FUNCTIONS_URL}/${name}`
    ),
    database: services.endpoints.DB_URL.replace(/:[^:@/]+@/, ":…@"),
    publishableKey: services.endpoints.PUBLISHABLE_KEY,
  };
  if (!request.headers.get("accept")?.includes("text/html")) {
    return Response.json(overview, { headers: { "access-control-allow-origin": "*" } });
  }
  const rows = Object.entries(overview).slice(1).map(([name, value]) =>
    `<tr><th>${escapeHtml(name)}</th><td>${
      [value].flat().map((text) => `<code>${escapeHtml(text)}</code>`).join("<br>")
    }</td></tr>`
  ).join("\n");
  return new Response(
    `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Local development stack</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 50rem; padding: 0 1rem }
th { text-align: left; vertical-align: top; padding: .2rem 2rem .2rem 0 }
</style>
<h1>Local development stack</h1>
<table>
${rows}
</table>
</html>
`,
    { headers: { "content-type": "text/html; charset=utf-8" } },
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
