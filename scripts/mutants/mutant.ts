/** What kind of protection a mutant takes away. */
export type MutantKind =
  | "policy"
  | "row level security"
  | "trigger"
  | "constraint"
  | "grant"
  | "execute"
  | "guard";

/** One weakening of the schema. */
export interface Mutant {
  /** Unique, and the same in every run of the same schema. */
  name: string;
  kind: MutantKind;
  /** The table or function it weakens, without its schema: tests that speak of it run first. */
  subject: string;
  /** The weakened function with its schema: tests that call it run first. */
  function?: string;
  /** Statements that weaken a fresh database; run as the superuser. */
  statements: string[];
}
