import type { Relation } from "../catalogue/relations.ts";
import type { Policy, Right } from "../catalogue/rights.ts";
import type { Schema } from "../catalogue/read.ts";
import { API_ROLES } from "../catalogue/scope.ts";
import { code, codes, paragraphs, prose, sql, table } from "../markdown.ts";
import { condition } from "../sql/layout.ts";

/** Who may do what with a table: rights by column, and the policies that choose the rows. */
export function access(schema: Schema, relation: Relation): string {
  const rights = schema.rights.filter((right) => right.relation === relation.oid);
  const columnCount = schema.columns.filter((column) => column.relation === relation.oid).length;
  const policies = schema.policies.filter((policy) => policy.relation === relation.oid);
  if (rights.length === 0) {
    return "**Who may do what**: nobody has a right on it; only functions of the database use it.";
  }
  return paragraphs(
    "**Who may do what**",
    rightsTable(rights, columnCount),
    relation.has_row_security ? "" : "No row level security.",
    ...policies.map(describePolicy),
  );
}

/** The rights of each role that has one, by column. */
export function rightsTable(rights: readonly Right[], columnCount: number): string {
  const privileges = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"] as const;
  return table(
    ["", "read", "insert", "update", "delete", "truncate"],
    API_ROLES.filter((role) => rights.some((right) => right.role === role)).map((role) => [
      code(role),
      ...privileges.map((privilege) => {
        const right = rights.find((one) => one.role === role && one.privilege === privilege);
        if (right === undefined) return "";
        if (privilege === "DELETE" || privilege === "TRUNCATE") return "yes";
        return right.columns.length === columnCount ? "every column" : codes(right.columns);
      }),
    ]),
  );
}

/** One policy, with what it means and its conditions. */
export function describePolicy(policy: Policy): string {
  const kind = policy.is_permissive ? "" : ", restrictive";
  const meaning = policy.comment === null ? "" : `: ${prose(policy.comment)}`;
  const conditions = [
    policy.using_condition === null ? [] : [condition("using", policy.using_condition)],
    policy.check_condition === null ? [] : [condition("with check", policy.check_condition)],
  ].flat();
  return paragraphs(
    `Policy ${code(policy.name)}, for ${policy.command}, to ${
      codes(policy.roles)
    }${kind}${meaning}`,
    sql(conditions.join("\n")),
  );
}
