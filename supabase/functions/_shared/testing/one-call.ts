import { expect, it } from "vitest";
import type { GoodRequest } from "./common-refusals.ts";
import type { Harness } from "./harness.ts";

/** The one call to the database that a request leads to, and what comes of it. */
export interface OneCall {
  rpc: string;
  parameters: Record<string, unknown>;
  /** What the database answers, and what the caller gets. */
  answer: object;
  /** 200 unless given. */
  status?: number;
}

/** Registers the test of a route that makes one call and answers with what came of it. */
export function itMakesOneCall(harness: () => Harness, good: GoodRequest, call: OneCall): void {
  it(`calls ${call.rpc} and answers with what came of it`, async () => {
    harness().answerWith(call.answer);
    const answer = await harness().call(good.path, good);
    expect(answer.status).toBe(call.status ?? 200);
    expect(answer.body).toEqual(call.answer);
    const sent = harness().onlyRestCall();
    expect(sent.path).toBe(`/rest/v1/rpc/${call.rpc}`);
    expect(sent.body).toEqual(call.parameters);
  });

  it("leaves out what the contract does not know", async () => {
    harness().answerWith({ ...call.answer, debug: true });
    expect((await harness().call(good.path, good)).body).toEqual(call.answer);
  });
}

/** Registers the test of a route that makes one call and answers with nothing. */
export function itAnswersWithNothing(
  harness: () => Harness,
  good: GoodRequest,
  call: Pick<OneCall, "rpc" | "parameters">,
): void {
  it.each([["null", 200, null], ["nothing", 204, undefined]])(
    "answers with nothing when the database answers with %s",
    async (_, status, body) => {
      harness().answerWith(body, status);
      expect(await harness().call(good.path, good)).toMatchObject({ status: 204, body: {} });
      const sent = harness().onlyRestCall();
      expect(sent.path).toBe(`/rest/v1/rpc/${call.rpc}`);
      expect(sent.body).toEqual(call.parameters);
    },
  );
}

/** Registers the tests of bodies that a route refuses, each with the field that is wrong. */
export function itRefusesBodies(
  harness: () => Harness,
  good: GoodRequest,
  wrong: readonly (readonly [body: Record<string, unknown>, path: string])[],
): void {
  it.each(wrong)("refuses %j and points at %j", async (body, path) => {
    harness().answerWith(null);
    expect(await harness().call(good.path, { method: good.method, body })).toMatchObject({
      status: 400,
      body: { code: "invalid_request", errors: [{ path, message: expect.any(String) }] },
    });
    expect(harness().rest.calls).toEqual([]);
  });
}

/** Registers the tests of queries that a route refuses, each with the parameter that is wrong. */
export function itRefusesQueries(
  harness: () => Harness,
  path: string,
  wrong: readonly (readonly [query: string, parameter: string])[],
): void {
  it.each(wrong)("refuses %s and points at %s", async (query, parameter) => {
    harness().answerWith(null);
    expect(await harness().call(`${path}?${query}`)).toMatchObject({
      status: 400,
      body: { code: "invalid_request", errors: [{ path: parameter }] },
    });
    expect(harness().rest.calls).toEqual([]);
  });
}
