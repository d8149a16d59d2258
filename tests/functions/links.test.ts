import { describe, expect, it } from "vitest";
import { ParticipantAnswer } from "../../supabase/functions/_shared/schemas/answers.ts";
import { call, expectAnswer, expectProblem } from "../helpers/api.ts";
import { withDatabase } from "../helpers/database.ts";
import { createLink } from "../helpers/invitations.ts";
import { block, createCrowd, createPeople, type Person } from "../helpers/people.ts";
import {
  endSession,
  joinSession,
  leaveSession,
  openSession,
  readEvents,
  removeFromSession,
} from "../helpers/sessions.ts";

const redeem = (code: string, person: Person) =>
  call("POST", "/invitations/links/redeem", person, { code });

async function expectIn(code: string, person: Person) {
  return expectAnswer(await redeem(code, person), 200, ParticipantAnswer);
}

/** A private session, and somebody who does not know of it. */
async function assemble() {
  const [host, stranger] = await createPeople("Host", "Stranger");
  const { id } = await openSession(host, { visibility: "private" });
  return { host, stranger, id };
}

describe("a code", () => {
  it("can be read aloud, is hard to guess, and is stored nowhere", async () => {
    const { host, id } = await assemble();
    const links = await Promise.all(Array.from({ length: 5 }, () => createLink(id, host)));
    for (const { code } of links) {
      // 15 of 31 characters: 74 bits; none that is taken for another.
      expect(code).toMatch(/^([A-HJ-KM-NP-Z2-9]{5}-){2}[A-HJ-KM-NP-Z2-9]{5}$/);
      const rows = await withDatabase((sql) =>
        sql`select from private.live_session_invitation_links k
          where k::text like ${`%${code.replaceAll("-", "")}%`} or k::text like ${`%${code}%`}`
      );
      expect(rows).toHaveLength(0);
    }
    expect(new Set(links.map(({ code }) => code)).size).toBe(5);
  });

  it.each([[undefined, undefined, 1, 1440], [50, 10_080, 50, 10_080]])(
    "for %s uses and %s minutes is for %d and %d",
    async (maxUses, expiresInMinutes, uses, minutes) => {
      const { host, id } = await assemble();
      const link = await createLink(id, host, { maxUses, expiresInMinutes });
      expect(link.maxUses).toBe(uses);
      expect(Math.abs(link.expiresAt - link.serverNow - minutes * 60_000)).toBeLessThan(1000);
    },
  );

  it("opens a private session to whoever has it, however they write it", async () => {
    const { host, stranger, id } = await assemble();
    const { code } = await createLink(id, host);
    expectProblem(await call("GET", `/sessions/${id}`, stranger), "session_not_found");
    const joined = await expectIn(` ${code.toLowerCase().replaceAll("-", " ")} `, stranger);
    expect(joined.session).toMatchObject({ id, participantCount: 2 });
    expect(joined.participant).toMatchObject({ userId: stranger.id, displayName: "Stranger" });
    expect((await readEvents(id, host)).at(-1)).toMatchObject({
      type: "user_joined",
      userId: stranger.id,
    });
  });

  it("opens as often as it may, and once for each", async () => {
    const { host, id } = await assemble();
    const [first, second, third] = await createPeople("First", "Second", "Third");
    const { code } = await createLink(id, host, { maxUses: 2 });
    await expectIn(code, first);
    await expectIn(code, first);
    await expectIn(code, second);
    expectProblem(await redeem(code, third), "invitation_expired");
    // Who is in is in.
    await expectIn(code, second);
  });

  it("with 5 uses lets exactly 5 of 12 in who come at once", async () => {
    const { host, id } = await assemble();
    const crowd = await createCrowd(12);
    const { code } = await createLink(id, host, { maxUses: 5 });
    const answers = await Promise.all(crowd.map((person) => redeem(code, person)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    for (const answer of answers) {
      if (answer.status !== 200) expectProblem(answer, "invitation_expired");
    }
    expect((await readEvents(id, host)).at(-1)).toMatchObject({ seq: 6, type: "user_joined" });
  });

  it("that was taken back opens nothing, though those who are in stay", async () => {
    const { host, stranger, id } = await assemble();
    const [guest] = await createPeople("Guest");
    const { id: linkId, code } = await createLink(id, host, { maxUses: 5 });
    await expectIn(code, guest);
    const path = `/invitations/links/${linkId}`;
    expectProblem(await call("DELETE", path, guest), "invitation_not_found");
    expect(await call("DELETE", path, host)).toMatchObject({ status: 204, body: undefined });
    expect(await call("DELETE", path, host)).toMatchObject({ status: 204 });
    expectProblem(await redeem(code, stranger), "invitation_not_found");
    await leaveSession(id, guest);
  });

  it("is taken back by whoever is host now", async () => {
    const { host, stranger, id } = await assemble();
    const { id: linkId, code } = await createLink(id, host, { maxUses: 5 });
    await expectIn(code, stranger);
    await call("POST", `/sessions/${id}/host`, host, { userId: stranger.id });
    expect(await call("DELETE", `/invitations/links/${linkId}`, stranger)).toMatchObject({
      status: 204,
    });
  });

  it("does not open to who was removed, nor past a block", async () => {
    const { host, stranger, id } = await assemble();
    const [removed, blocked] = await createPeople("Removed", "Blocked");
    const { code } = await createLink(id, host, { maxUses: 5 });
    await expectIn(code, removed);
    await removeFromSession(id, host, removed);
    await expectIn(code, stranger);
    await block(stranger, blocked);
    for (const person of [removed, blocked]) {
      const real = expectProblem(await redeem(code, person), "invitation_not_found");
      const wrong = expectProblem(
        await redeem("AAAAA-AAAAA-AAAAA", person),
        "invitation_not_found",
      );
      expect({ ...real, requestId: "" }).toEqual({ ...wrong, requestId: "" });
    }
  });

  it("of a session that has ended says so to those who come, and to those who were in", async () => {
    const { host, stranger, id } = await assemble();
    const [guest] = await createPeople("Guest");
    const { code } = await createLink(id, host, { maxUses: 5 });
    await expectIn(code, guest);
    await endSession(id, host);
    expectProblem(await redeem(code, stranger), "session_ended");
    expectProblem(await redeem(code, guest), "session_ended");
  });

  it("is the host's to make", async () => {
    const { host, stranger, id } = await assemble();
    const { code } = await createLink(id, host);
    await expectIn(code, stranger);
    const answer = await call("POST", "/invitations/links", stranger, { sessionId: id });
    expectProblem(answer, "not_host");
  });
});

describe("guessing", () => {
  it("stops after ten attempts in a minute, the right code included", async () => {
    const { host, stranger, id } = await assemble();
    const { code } = await createLink(id, host);
    for (let attempt = 0; attempt < 10; attempt++) {
      expectProblem(await redeem(`GUESS-${attempt}`, stranger), "invitation_not_found");
    }
    const answer = await redeem(code, stranger);
    const { retryAfterSeconds } = expectProblem(answer, "rate_limited");
    expect(retryAfterSeconds).toBeGreaterThan(0);
    expect(retryAfterSeconds).toBeLessThanOrEqual(60);
    expect(answer.headers.get("retry-after")).toBe(String(retryAfterSeconds));
  });

  it("in many requests at once stops as well", async () => {
    const { stranger } = await assemble();
    const answers = await Promise.all(
      Array.from({ length: 15 }, (_, attempt) => redeem(`GUESS-${attempt}`, stranger)),
    );
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
  });

  it("does not stop anybody else", async () => {
    const { host, stranger, id } = await assemble();
    const [guesser] = await createPeople("Guesser");
    const { code } = await createLink(id, host);
    for (let attempt = 0; attempt < 11; attempt++) await redeem("GUESS", guesser);
    await expectIn(code, stranger);
    await joinSession(id, stranger);
  });
});
