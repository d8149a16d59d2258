import openapiTypescript, { astToString } from "openapi-typescript";
import { format } from "../shared/format.ts";

const HEADER =
  `// Written by "npm run openapi" from the schemas of the edge functions. Not to be edited.

`;

/** The client's types of everything the described interface takes and answers, as TypeScript. */
export async function clientTypes(document: string): Promise<string> {
  return await format(
    HEADER + astToString(await openapiTypescript(document, { defaultNonNullable: false })),
  );
}
