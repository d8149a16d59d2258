import { inject } from "vitest";
import type { Endpoints } from "../setup/endpoints.ts";

/** How to reach the stack that this test run was given. */
export function runningStack(): Endpoints {
  return inject("stack");
}
