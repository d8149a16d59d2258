const methods = "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD";
const exposed = "content-range, content-location, content-profile, preference-applied, " +
  "x-total-count, link, sb-error-code, x-supabase-api-version";

/** Whether a browser asks for permission before the request proper. */
export function isPreflight(request: Request): boolean {
  return request.method === "OPTIONS" && request.headers.has("access-control-request-method");
}

/** The answer to such a question: any origin, any header, as on the platform. */
export function allowPreflight(request: Request): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": methods,
      "access-control-allow-headers": request.headers.get("access-control-request-headers") ??
        "authorization, apikey, content-type, x-client-info, prefer, range",
      "access-control-max-age": "86400",
      vary: "access-control-request-headers",
    },
  });
}

/** The same answer, readable by scripts of any origin. */
export function readableByBrowsers(response: Response): Response {
  const headers = new Headers(response.headers);
  if (!headers.has("access-control-allow-origin")) headers.set("access-control-allow-origin", "*");
  headers.set("access-control-expose-headers", exposed);
  return new Response(response.body, {
    status: response.status,
    statusText: response.statusText,
    headers,
  });
}
