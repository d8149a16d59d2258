import { createFunctionApp, type FunctionApp } from "../_shared/app.ts";
import type { FunctionConfig } from "../_shared/config.ts";
import type { LogSink } from "../_shared/request-log.ts";
import { chooseExercise } from "./routes/choose-exercise.ts";
import { extendRest } from "./routes/extend-rest.ts";
import { nextExercise } from "./routes/next-exercise.ts";
import { pauseSession } from "./routes/pause.ts";
import { changePlan } from "./routes/plan.ts";
import { previousExercise } from "./routes/previous-exercise.ts";
import { startReadyCheck } from "./routes/ready-check.ts";
import { reportReady } from "./routes/ready.ts";
import { resumeSession } from "./routes/resume.ts";
import { skipRest } from "./routes/skip-rest.ts";
import { startRest } from "./routes/start-rest.ts";
import { transferLead } from "./routes/transfer-lead.ts";

/** The `guided` function: one leads, the others follow. */
export function createGuidedApp(config: FunctionConfig, log?: LogSink): FunctionApp {
  return createFunctionApp({
    name: "guided",
    description: "One leads, the others follow.",
    config,
    log,
    addRoutes: (app) => {
      app.openapiRoutes([
        chooseExercise,
        nextExercise,
        previousExercise,
        changePlan,
        reportReady,
        startReadyCheck,
        startRest,
        extendRest,
        skipRest,
        pauseSession,
        resumeSession,
        transferLead,
      ]);
    },
  });
}
