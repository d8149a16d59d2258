import { describe, expect, it } from "vitest";
import { document } from "../helpers/openapi.ts";
import { runningStack } from "../helpers/stack.ts";

// The page that the embedded stack shows to people who want to read about the functions.

const fetchFrom = (path: string) => fetch(runningStack().API_URL + path);

describe("/docs", () => {
  it.each(["/docs", "/docs/"])("is a page that loads nothing from elsewhere (%s)", async (path) => {
    const answer = await fetchFrom(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none'; /);
    const html = await answer.text();
    const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses).toHaveLength(3);
    for (const address of addresses) {
      expect(address).toMatch(/^\/docs\//);
      const asset = await fetchFrom(address ?? "");
      expect(asset.status).toBe(200);
      expect((await asset.arrayBuffer()).byteLength).toBeGreaterThan(500);
    }
    expect(html).toContain('"url":"/docs/openapi.json"');
  });

  it("shows what the running functions say of themselves, all of it", async () => {
    const answer = await fetchFrom("/docs/openapi.json");
    expect(answer.status).toBe(200);
    const { paths, components } = await answer.json();
    expect({ paths, components }).toEqual({
      paths: document.paths,
      components: document.components,
    });
  });

  it.each(["/docs/nothing", "/docs/swagger-ui.js", "/docs/%2e%2e/package.json"])(
    "has nothing at %s",
    async (path) => {
      expect((await fetchFrom(path)).status).toBe(404);
    },
  );
});
