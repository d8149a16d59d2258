import type { paths } from "../generated/openapi.ts";

// What the description of the interface says about a route, as types.

type Method = "get" | "post" | "put" | "patch" | "delete";
type Path = keyof paths & string;
type OperationAt<At extends Path, By extends Method> = Exclude<paths[At][By], undefined>;

/** Every route: `"GET /sessions/{id}"`. */
export type RouteName = {
  [At in Path]: {
    [By in Method]: [OperationAt<At, By>] extends [never] ? never : `${Uppercase<By>} ${At}`;
  }[Method];
}[Path];

type Operations = {
  [Route in RouteName]: Route extends `${infer By} ${infer At extends Path}`
    ? Lowercase<By> extends infer Is extends Method ? OperationAt<At, Is> : never
    : never;
};

type InPath<Operation> = Operation extends { parameters: { path: infer Values } } ? { path: Values }
  : { path?: undefined };

type InQuery<Operation> = Operation extends { parameters: { query?: infer Values } }
  ? [Exclude<Values, undefined>] extends [never] ? { query?: undefined }
  : { query?: Exclude<Values, undefined> | undefined }
  : { query?: undefined };

type InBody<Operation> = Operation extends
  { requestBody: { content: { "application/json": infer Body } } } ? { body: Body }
  : { body?: undefined };

/** Routes that create something take a key; here they have to have one. */
type InHeader<Operation> = Operation extends
  { parameters: { header?: { "idempotency-key"?: string } } }
  ? Operation extends { parameters: { header?: never } } ? { idempotencyKey?: undefined }
  : { idempotencyKey: string }
  : { idempotencyKey?: undefined };

/** What goes with a request: values for its path, its query, its body. */
export type RequestOf<Route extends RouteName> =
  & InPath<Operations[Route]>
  & InQuery<Operations[Route]>
  & InBody<Operations[Route]>
  & InHeader<Operations[Route]>;

type AnswerOfOperation<Operation> = Operation extends
  { responses: { 200: { content: { "application/json": infer Body } } } } ? Body
  : Operation extends { responses: { 201: { content: { "application/json": infer Body } } } } ? Body
  : void;

/** What a route answers when it does not refuse; nothing for a 204. */
export type AnswerOf<Route extends RouteName> = AnswerOfOperation<Operations[Route]>;

/** The body of a route. */
export type BodyOf<Route extends RouteName> = RequestOf<Route> extends { body: infer Body } ? Body
  : never;

/** The query of a route. */
export type QueryOf<Route extends RouteName> = NonNullable<RequestOf<Route>["query"]>;
