import { useHarness } from "../../_shared/testing/harness.ts";
import { createGuidedApp } from "../app.ts";

/** Runs the `guided` function for the tests of a file. */
export const useGuided = () => useHarness(createGuidedApp);
