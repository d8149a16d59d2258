import { useHarness } from "../../_shared/testing/harness.ts";
import { createInvitationsApp } from "../app.ts";

/** Runs the `invitations` function for the tests of a file. */
export const useInvitations = () => useHarness(createInvitationsApp);
