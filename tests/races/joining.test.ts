import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runningStack } from "../helpers/stack.ts";
import { audit, type Crowd, gather, openSession, outcome, signInDevice, tally } from "./crowd.ts";

const ROUNDS = 50;

describe("people come at once", () => {
  let crowd: Crowd;
  beforeAll(async () => {
    crowd = await gather(runningStack().DB_URL, 20);
  });
  afterAll(async () => {
    await crowd?.close();
  });

  it(`20 people, 10 places: exactly 10 are in, ${ROUNDS} times`, async () => {
    const [host] = crowd.members;
    for (let round = 0; round < ROUNDS; round++) {
      const sessionId = await openSession(host!, 10);
      const outcomes = await Promise.all(
        crowd.members.map((member) =>
          outcome(member.run("select join_live_session($1)", [sessionId]))
        ),
      );
      expect(tally(outcomes)).toEqual({ ok: 10, session_full: 10 });
      const { stated, counted, gaps } = await audit(crowd.owner, sessionId);
      expect(stated).toEqual(counted);
      expect(stated).toMatchObject({ participants: 10, lastSeq: 10 });
      expect(gaps).toBe(0);
      await host!.run("select end_live_session($1)", [sessionId]);
    }
  });

  it(`one person joins two sessions at once: they are in exactly one, ${ROUNDS} times`, async () => {
    const [first, second, guest, twin] = crowd.members;
    // The same account on a second device.
    const device = await signInDevice(runningStack().DB_URL, guest!.id);
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const [one, other] = await Promise.all([openSession(first!), openSession(second!)]);
        const outcomes = await Promise.all([
          outcome(guest!.run("select join_live_session($1)", [one])),
          outcome(device.run("select join_live_session($1)", [other])),
          outcome(twin!.run("select join_live_session($1)", [one])),
        ]);
        expect(tally(outcomes)).toEqual({ ok: 2, already_in_session: 1 });
        for (const [host, sessionId] of [[first!, one], [second!, other]] as const) {
          await host.run("select end_live_session($1)", [sessionId]);
          const { stated, counted } = await audit(crowd.owner, sessionId);
          expect(stated).toEqual(counted);
        }
      }
    } finally {
      await device.close();
    }
  });

  it(`everyone leaves at once: the host's role is passed on and the session ends, ${ROUNDS} times`, async () => {
    const some = crowd.members.slice(0, 6);
    for (let round = 0; round < ROUNDS; round++) {
      const sessionId = await openSession(some[0]!);
      for (const member of some.slice(1)) {
        await member.run("select join_live_session($1)", [sessionId]);
      }
      const outcomes = await Promise.all(
        some.map((member) => outcome(member.run("select leave_live_session($1)", [sessionId]))),
      );
      expect(tally(outcomes)).toEqual({ ok: some.length });
      const rows = await crowd.owner`select s.status, e.type from public.live_sessions s
         join public.live_session_events e on e.session_id = s.id and e.seq = s.last_event_seq
         where s.id = ${sessionId}`;
      expect([...rows]).toEqual([{ status: "ended", type: "session_ended" }]);
      expect((await audit(crowd.owner, sessionId)).gaps).toBe(0);
    }
  });
});
