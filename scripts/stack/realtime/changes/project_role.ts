/**
 * Who the project's own code runs as: its types' input functions and its operators must not get
 * at what only the platform may.
 */
export const PROJECT_ROLE = "postgres";
