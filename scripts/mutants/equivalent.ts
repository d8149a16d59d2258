/**
 * Mutants that no test within one transaction can tell from the original, each with the reason. A
 * reason of "nobody has written the test" is none. One that is caught after all fails the run.
 */
export const equivalent: Readonly<Record<string, string>> = {
  "guard private.enter_session: without refuse_second_session(p_user_id)":
    "A look ahead: without it the unique index of open participations refuses the row, and the " +
    "handler below gives the very same answer.",
  "guard private.enter_session: without refuse_second_session(p_user_id) [2]":
    "Reached only when somebody enters two sessions at the same moment: for tests/races.",
  "guard private.set_paused: without lock_session(p_session_id)":
    "require_presence, which follows at once, refuses the same people with the same code; what is " +
    "left of it is the row lock, for tests/races.",
};
