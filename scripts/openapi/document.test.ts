import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { describeFunctions } from "./document.ts";

it("docs/openapi.json says what the routes say", async () => {
  const file = new URL("../../docs/openapi.json", import.meta.url);
  const isUpToDate = readFileSync(file, "utf8") === await describeFunctions();
  expect(isUpToDate, 'Run "npm run openapi" and commit the result.').toBe(true);
});

it("the description is the same every time", async () => {
  expect(await describeFunctions()).toBe(await describeFunctions());
});
