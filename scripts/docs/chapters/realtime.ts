import type { Schema } from "../catalogue/read.ts";
import { paragraphs } from "../markdown.ts";
import { describePolicy } from "./access.ts";

/** Who may listen and send on which channel of Realtime. */
export function realtime(schema: Schema): string {
  return paragraphs(
    "## Realtime",
    "Private channels, authorised by policies on `realtime.messages`: to join one is to be able to " +
      "select there, to send on it is to be able to insert. `extension` tells messages " +
      "(`broadcast`) from presence.",
    ...schema.policies.filter((policy) => policy.table === "realtime.messages")
      .map(describePolicy),
  );
}
