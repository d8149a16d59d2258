import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import {
  document,
  expectValid,
  type Operation,
  operations,
  placeOf,
  resolve,
  responseOf,
} from "../helpers/openapi.ts";

// What docs/openapi.json is, before anything is called.

/** Where the JSON bodies of an operation stand that have an example, and the example. */
function examplesOf(operation: Operation) {
  const bodies = Object.entries(operation.requestBody?.content ?? {}).map(([type, media]) => ({
    place: placeOf(operation, "requestBody", "content", type, "schema"),
    values: [media.example],
  }));
  const answers = Object.keys(operation.responses).flatMap((status) => {
    const response = responseOf(operation, status);
    return Object.entries(response?.part.content ?? {}).map(([type, media]) => ({
      place: `${response?.place}/content/${type.replaceAll("/", "~1")}/schema`,
      values: media.examples === undefined
        ? [media.example]
        : Object.values(media.examples).map((example) => resolve(example, "").part.value),
    }));
  });
  return [...bodies, ...answers];
}

describe("docs/openapi.json", () => {
  it("is an OpenAPI 3.1 document", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate({ ...structuredClone(document) });
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe("3.1");
  });

  it("names the types that clients share", () => {
    expect(Object.keys(document.components.schemas ?? {})).toEqual(expect.arrayContaining([
      "LiveSession",
      "LiveSessionEvent",
      "LiveSessionInvitation",
      "LiveSessionParticipant",
      "LiveSessionSummary",
      "PlannedExercise",
      "Problem",
    ]));
  });

  it.each(operations)("has examples of $method $path that are as it says", (operation) => {
    const examples = examplesOf(operation);
    for (const { place, values } of examples) {
      expect(values).not.toEqual([]);
      for (const value of values) expectValid(place, value);
    }
  });
});
