import type postgres from "postgres";

/** A transaction in which the catalogue is read. */
export type Catalogue = postgres.TransactionSql;

/** The schemas that are this project's own. */
export const SCHEMAS = ["public", "private", "monitoring"];

/** The roles that the platform gives to whoever comes in over the network, lowest rights first. */
export const API_ROLES = ["anon", "authenticated", "service_role"];
