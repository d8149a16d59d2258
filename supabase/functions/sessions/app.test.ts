import { itDescribesItself } from "../_shared/testing/function-checks.ts";
import { createSessionsApp } from "./app.ts";

await itDescribesItself({
  name: "sessions",
  create: createSessionsApp,
  folder: new URL("./", import.meta.url),
  routes: [
    "DELETE /sessions/{id}/participants/{userId}",
    "GET /sessions",
    "GET /sessions/{id}",
    "GET /sessions/{id}/events",
    "GET /sessions/{id}/summary",
    "PATCH /sessions/{id}",
    "POST /sessions",
    "POST /sessions/{id}/end",
    "POST /sessions/{id}/host",
    "POST /sessions/{id}/join",
    "POST /sessions/{id}/leave",
    "POST /sessions/{id}/start",
  ],
});
