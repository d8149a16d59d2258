import { useHarness } from "../../_shared/testing/harness.ts";
import { createSessionsApp } from "../app.ts";

/** Runs the `sessions` function for the tests of a file. */
export const useSessions = () => useHarness(createSessionsApp);
