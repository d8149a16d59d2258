import { PROBLEM_MEDIA_TYPE } from "./problem.ts";

interface Response {
  content?: Record<string, { examples?: Record<string, unknown> }>;
}

/** As much of an OpenAPI document as is looked at here. */
interface Document {
  paths?: Record<string, Record<string, { responses?: Record<string, Response> }>>;
  components?: { responses?: Record<string, unknown> };
}

/**
 * Moves what routes answer with problems to the components, where the same answer of many routes
 * stands once. It is named after its codes.
 */
export function shareProblemResponses<Given extends object>(document: Given): Given {
  // A copy, as plain as the JSON it will be: the parts of a document may be the routes' own.
  const copy: Given & Document = JSON.parse(JSON.stringify(document));
  const shared: Record<string, unknown> = {};
  for (const item of Object.values(copy.paths ?? {})) {
    for (const { responses = {} } of Object.values(item)) {
      for (const [status, response] of Object.entries(responses)) {
        const examples = response.content?.[PROBLEM_MEDIA_TYPE]?.examples;
        if (examples === undefined) continue;
        const name = Object.keys(examples).join(".");
        shared[name] = response;
        responses[status] = { $ref: `#/components/responses/${name}` } as Response;
      }
    }
  }
  copy.components = { ...copy.components, responses: shared };
  return copy;
}
