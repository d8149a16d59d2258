import { itDescribesItself } from "../_shared/testing/function-checks.ts";
import { createGuidedApp } from "./app.ts";

await itDescribesItself({
  name: "guided",
  create: createGuidedApp,
  folder: new URL("./", import.meta.url),
  routes: [
    "POST /guided/{sessionId}/exercise",
    "POST /guided/{sessionId}/leader",
    "POST /guided/{sessionId}/next",
    "POST /guided/{sessionId}/pause",
    "POST /guided/{sessionId}/previous",
    "POST /guided/{sessionId}/ready",
    "POST /guided/{sessionId}/ready-check",
    "POST /guided/{sessionId}/rest",
    "POST /guided/{sessionId}/rest/extend",
    "POST /guided/{sessionId}/rest/skip",
    "POST /guided/{sessionId}/resume",
    "PUT /guided/{sessionId}/plan",
  ],
});
