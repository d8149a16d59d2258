import postgres from "postgres";
import { type Enum, readEnums, readRoutines, readTriggers } from "./behaviour.ts";
import type { Routine, Trigger } from "./behaviour.ts";
import { type Constraint, type Index, readConstraints, readIndexes } from "./integrity.ts";
import { type Column, readColumns, readRelations, type Relation } from "./relations.ts";
import { type Policy, readPolicies, readRights, type Right } from "./rights.ts";
import { type Catalogue, SCHEMAS } from "./scope.ts";

/** All that the schema reference says, as the catalogue has it. */
export interface Schema {
  /** The comments on the schemas, by name. */
  schemas: { name: string; comment: string | null }[];
  relations: Relation[];
  columns: Column[];
  constraints: Constraint[];
  indexes: Index[];
  triggers: Trigger[];
  policies: Policy[];
  rights: Right[];
  routines: Routine[];
  enums: Enum[];
}

/**
 * Reads the catalogue of a database, all of it as of one moment.
 *
 * @throws Error if the database cannot be reached
 */
export async function readSchema(databaseUrl: string): Promise<Schema> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    return await sql.begin("isolation level repeatable read read only", async (catalogue) => {
      // Decides which names are written with their schema.
      await catalogue`set local search_path = public`;
      return {
        schemas: await readSchemas(catalogue),
        relations: await readRelations(catalogue),
        columns: await readColumns(catalogue),
        constraints: await readConstraints(catalogue),
        indexes: await readIndexes(catalogue),
        triggers: await readTriggers(catalogue),
        policies: await readPolicies(catalogue),
        rights: await readRights(catalogue),
        routines: await readRoutines(catalogue),
        enums: await readEnums(catalogue),
      };
    });
  } finally {
    await sql.end();
  }
}

async function readSchemas(sql: Catalogue): Promise<Schema["schemas"]> {
  return await sql<Schema["schemas"]>`
    select n.nspname as name, obj_description(n.oid, 'pg_namespace') as comment
    from pg_namespace n
    where n.nspname in ${sql(SCHEMAS)}
    order by array_position(${SCHEMAS}::text[], n.nspname::text)
  `;
}
