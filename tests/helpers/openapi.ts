import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { UUID_PATTERN } from "../../supabase/functions/_shared/schemas/ids.ts";

// The document that clients are promised, and whether an answer keeps the promise.

/** A JSON schema, as much of it as tests look at. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: readonly unknown[];
  const?: unknown;
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  properties?: Record<string, Schema>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  format?: string;
}

/** Something in a document, or where in the document it is. */
type OrReference<Part> = Part | { $ref: string };

interface MediaType {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, OrReference<{ value: unknown }>>;
}

/** An answer that a document promises. */
export interface DescribedResponse {
  headers?: Record<string, OrReference<{ required?: boolean; schema: Schema }>>;
  content?: Record<string, MediaType>;
}

/** A parameter of a request. */
export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: Schema;
}

interface DescribedOperation {
  operationId: string;
  security?: unknown[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, MediaType> };
  responses: Record<string, OrReference<DescribedResponse>>;
}

interface Document {
  paths: Record<string, Record<string, DescribedOperation>>;
  components: Record<string, Record<string, unknown>>;
}

/** A method at a path, with everything the document says of it. */
export interface Operation extends DescribedOperation {
  method: string;
  /** The path with its parameters in braces. */
  path: string;
}

const file = new URL("../../docs/openapi.json", import.meta.url);

/** docs/openapi.json. */
export const document: Document = JSON.parse(readFileSync(file, "utf8"));

/** Every operation of the document. */
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(
  ([path, item]) =>
    Object.entries(item).map(([method, described]) => ({
      ...described,
      method: method.toUpperCase(),
      path,
    })),
);

const DOCUMENT_ID = "https://openapi.invalid/";
const ajv = new Ajv2020({
  allErrors: true,
  // A document holds much that is no schema.
  strict: false,
  formats: { uuid: UUID_PATTERN },
});
ajv.addSchema(document, DOCUMENT_ID);

/** Checks values against the part of the document at this place (`#/components/schemas/Problem`). */
export function validatorAt(place: string): ValidateFunction {
  const validate = ajv.getSchema(DOCUMENT_ID + place);
  if (validate === undefined) throw new Error(`There is no schema at ${place}.`);
  return validate;
}

/** The part of the document that is meant, and where it stands. */
export function resolve<Part>(
  part: OrReference<Part>,
  place: string,
): { part: Part; place: string } {
  if (typeof part !== "object" || part === null || !("$ref" in part)) return { part, place };
  const names = part.$ref.split("/").slice(1).map(unescapePointer);
  const found = names.reduce<unknown>(
    (inside, name) => (inside as Record<string, unknown> | undefined)?.[name],
    document,
  );
  if (found === undefined) throw new Error(`There is nothing at ${part.$ref}.`);
  return { part: found as Part, place: part.$ref };
}

/** The codes an operation says it can refuse with. */
export function codesOf(operation: Operation): string[] {
  return Object.keys(operation.responses).flatMap((status) => {
    const problem = responseOf(operation, status)?.part.content?.["application/problem+json"];
    return Object.keys(problem?.examples ?? {});
  });
}

/** The answer an operation promises for a status, and where it stands. */
export function responseOf(operation: Operation, status: string) {
  const response = operation.responses[status];
  if (response === undefined) return undefined;
  return resolve(response, placeOf(operation, "responses", status));
}

/** Where something about an operation stands in the document. */
export function placeOf(operation: Operation, ...names: string[]): string {
  const all = ["paths", operation.path, operation.method.toLowerCase(), ...names];
  return `#/${all.map(escapePointer).join("/")}`;
}

/** The operation that a request is for. */
export function findOperation(method: string, path: string): Operation | undefined {
  const wanted = method === "HEAD" ? "GET" : method;
  const parts = partsOf(path.replace(/[?#].*$/, ""));
  return operations
    .filter((operation) => operation.method === wanted && matches(partsOf(operation.path), parts))
    // A fixed name goes before a parameter.
    .sort((one, other) => one.path.split("{").length - other.path.split("{").length)[0];
}

/** An answer of a function, as it came. */
export interface Answered {
  status: number;
  headers: Headers;
  /** The parsed body; undefined if there was none. */
  body: unknown;
}

/**
 * Asserts that an answer is one that the document promises for this request: its status, its type,
 * its headers and its body. Where the document has no operation, it has to be the problem that says
 * so.
 */
export function expectDocumented(method: string, path: string, answer: Answered): void {
  if (method === "OPTIONS") return;
  const shown = `${method} ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`;
  const operation = findOperation(method, path);
  expect(answer.headers.get("x-request-id"), shown).toBeTruthy();
  if (operation === undefined) {
    // 413: nobody reads a body that is too large, not even to find out that nothing is here.
    expect([404, 405, 413], shown).toContain(answer.status);
    if (method !== "HEAD") expectValid("#/components/schemas/Problem", answer.body, shown);
    return;
  }
  const response = responseOf(operation, String(answer.status));
  if (response === undefined) throw new Error(`${shown}, which is not documented.`);
  for (const [name, header] of Object.entries(response.part.headers ?? {})) {
    if (!resolve(header, "").part.required) continue;
    expect(answer.headers.get(name), `${shown} without the header ${name}`).not.toBeNull();
  }
  if (response.part.content === undefined || method === "HEAD") {
    expect(answer.body, shown).toBeUndefined();
    return;
  }
  const type = answer.headers.get("content-type") ?? "";
  expect(Object.keys(response.part.content), shown).toContain(type);
  const place = `${response.place}/content/${escapePointer(type)}/schema`;
  expectValid(place, answer.body, shown);
}

/** Asserts that a value is what the document has at this place. */
export function expectValid(place: string, value: unknown, shown = JSON.stringify(value)): void {
  const validate = validatorAt(place);
  if (!validate(value)) {
    throw new Error(`${shown}, which is not ${place}: ${ajv.errorsText(validate.errors)}`);
  }
}

function matches(template: readonly string[], parts: readonly string[]): boolean {
  return template.length === parts.length &&
    template.every((part, index) =>
      part.startsWith("{") ? parts[index] !== "" : part === parts[index]
    );
}

function partsOf(path: string): string[] {
  return path.replace(/\/$/, "").split("/").slice(1);
}

function escapePointer(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function unescapePointer(name: string): string {
  return decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~");
}
