import type postgres from "postgres";
import { guardMutants } from "../guards/mutants.ts";
import type { Mutant } from "../mutant.ts";
import { constraintMutants } from "./constraints.ts";
import { grantMutants } from "./grants.ts";
import { policyMutants } from "./policies.ts";
import { triggerMutants } from "./triggers.ts";

/**
 * Every mutant of a schema, read from its catalogue.
 *
 * @throws Error if two mutants have the same name
 */
export async function allMutants(sql: postgres.Sql): Promise<Mutant[]> {
  const mutants = [
    ...await guardMutants(sql),
    ...await constraintMutants(sql),
    ...await policyMutants(sql),
    ...await triggerMutants(sql),
    ...await grantMutants(sql),
  ];
  const names = new Set<string>();
  for (const { name } of mutants) {
    if (names.has(name)) throw new Error(`Two mutants are called "${name}".`);
    names.add(name);
  }
  return mutants;
}
