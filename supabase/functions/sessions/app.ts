import { createFunctionApp, type FunctionApp } from "../_shared/app.ts";
import type { FunctionConfig } from "../_shared/config.ts";
import type { LogSink } from "../_shared/request-log.ts";
import { browseSessions } from "./routes/browse.ts";
import { endSession } from "./routes/end.ts";
import { readEvents } from "./routes/events.ts";
import { joinSession } from "./routes/join.ts";
import { leaveSession } from "./routes/leave.ts";
import { openSession } from "./routes/open.ts";
import { removeParticipant } from "./routes/remove-participant.ts";
import { readSnapshot } from "./routes/snapshot.ts";
import { startSession } from "./routes/start.ts";
import { readSummary } from "./routes/summary.ts";
import { transferHost } from "./routes/transfer-host.ts";
import { updateSession } from "./routes/update.ts";

/** The `sessions` function: a live session from its opening to its recap. */
export function createSessionsApp(config: FunctionConfig, log?: LogSink): FunctionApp {
  return createFunctionApp({
    name: "sessions",
    description: "A live session, from its opening to its recap.",
    config,
    log,
    addRoutes: (app) => {
      app.openapiRoutes([
        openSession,
        browseSessions,
        readSnapshot,
        updateSession,
        joinSession,
        leaveSession,
        startSession,
        endSession,
        readEvents,
        readSummary,
        transferHost,
        removeParticipant,
      ]);
    },
  });
}
