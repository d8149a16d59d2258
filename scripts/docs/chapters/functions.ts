import type { Routine } from "../catalogue/behaviour.ts";
import type { Schema } from "../catalogue/read.ts";
import { code, codes, paragraphs, prose, sql, table } from "../markdown.ts";
import { parameterList, withoutDefault } from "../sql/parameters.ts";
import { typeName } from "../sql/types.ts";

/** The functions that clients call, each with its signature. */
export function publicFunctions(schema: Schema): string {
  const routines = schema.routines.filter((routine) => routine.schema === "public");
  return paragraphs(
    "## Functions that clients call",
    "Over `/rest/v1/rpc/<name>`. Parameters with a default may be left out.",
    ...routines.map(describeFunction),
  );
}

function describeFunction(routine: Routine): string {
  const lines = parameterList(routine.parameters);
  const parameters = lines.length > 1 ? `\n  ${lines.join(",\n  ")}\n` : lines.join("");
  return paragraphs(
    `### ${routine.name}`,
    prose(routine.comment),
    sql(`${routine.name}(${parameters}) returns ${typeName(routine.result)}`),
    `${routine.callers.length > 0 ? `For ${codes(routine.callers)}` : "For nobody"}; ` +
      `${routine.volatility}; with the rights of its ` +
      `${routine.runs_as_owner ? "owner" : "caller"}.`,
  );
}

/** The functions behind: briefly, trigger functions apart from the rest. */
export function privateFunctions(schema: Schema): string {
  const routines = schema.routines.filter((routine) => routine.schema !== "public");
  const triggers = routines.filter((routine) => routine.result === "trigger");
  const others = routines.filter((routine) => routine.result !== "trigger");
  return paragraphs(
    "## Private functions",
    "Not exposed by the API: called by the functions above, by policies and by triggers. *Owner* " +
      "means that it runs with its owner's rights (`security definer`).",
    "### Steps and helpers",
    table(
      ["function", "what it does", "runs as", "may be called by"],
      others.map((routine) => [
        `${
          code(
            `${routine.name}(${parameterList(routine.parameters).map(withoutDefault).join(", ")})`,
          )
        } → ${code(typeName(routine.result))}`,
        prose(routine.comment),
        runsAs(routine),
        codes(routine.callers),
      ]),
    ),
    "### Trigger functions",
    table(
      ["function", "what it does", "runs as"],
      triggers.map((routine) => [code(routine.name), prose(routine.comment), runsAs(routine)]),
    ),
  );
}

function runsAs(routine: Routine): string {
  return routine.runs_as_owner ? "owner" : "";
}
