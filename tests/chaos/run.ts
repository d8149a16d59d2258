import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callFunction, createPeople, signToken, type Stack } from "../../scripts/shared/people.ts";
import { Coach, type Coached } from "./coach.ts";
import { ClientProcess } from "./client_process.ts";
import { readJournal } from "./files.ts";
import { Network, type NetworkCounts } from "./network.ts";
import { type Hardness, type Mishap, planTrouble } from "./plan.ts";
import { Random } from "./random.ts";
import { RealtimeProcess } from "./realtime_process.ts";
import { settle } from "./settle.ts";
import { Witness } from "./truth.ts";
import { faultsOf } from "./verdict.ts";

/** What became of a run. */
export interface RunResult {
  seed: string;
  /** What was not as it has to be; empty for a good run. */
  faults: string[];
  events: number;
  network: NetworkCounts;
  /** How often each kind of mishap came. */
  mishaps: Record<Mishap["kind"], number>;
  coached: Coached;
  /** How many access tokens were used, by those processes that lived to the end. */
  tokens: number;
  /** From the end of the trouble until the last client had everything. */
  worstCatchUpMs: number;
}

/** Everything that is there while a run lasts. */
interface Stage {
  clients: ClientProcess[];
  networks: Network[];
  realtime: RealtimeProcess;
}

/**
 * Lets people train together while everything around them breaks, then lets it be good and looks
 * whether anything was lost. Which mishaps come when, and what people do, follows from the seed.
 *
 * @param catchUpMs how long clients may take, from the end of the trouble, to have everything
 */
export async function runChaos(
  stack: Stack,
  seed: string,
  hardness: Hardness,
  catchUpMs: number,
): Promise<RunResult> {
  const random = new Random(seed);
  const folder = mkdtempSync(join(tmpdir(), "chaos-"));
  const counts = { connections: 0, cuts: 0, expiredChannels: 0, refusedTokens: 0 };
  const stage: Stage = { clients: [], networks: [], realtime: new RealtimeProcess(stack.DB_URL) };
  let witness: Witness | undefined;
  try {
    await stage.realtime.start();
    const names = [...Array(hardness.clients).keys()].map((index) => `Person ${index + 1}`);
    const everybody = await createPeople(stack, [...names, "Bystander 1", "Bystander 2"]);
    const people = everybody.slice(0, hardness.clients);
    const sessionId = await openSession(stack, everybody);
    const host = people[0]!;
    const coach = new Coach(
      stack,
      host,
      sessionId,
      everybody.slice(hardness.clients),
      random.fork("coach"),
    );
    witness = new Witness(stack, sessionId);
    const gatewayPort = Number(new URL(stack.API_URL).port);
    for (const [index, me] of people.entries()) {
      const network = await Network.open(
        (destination) => destination === "realtime" ? stage.realtime.port : gatewayPort,
        counts,
      );
      stage.networks.push(network);
      stage.clients.push(
        new ClientProcess({
          url: network.url,
          publishableKey: stack.PUBLISHABLE_KEY,
          jwtSecret: stack.JWT_SECRET,
          tokenLifeSeconds: hardness.tokenLifeSeconds,
          me,
          sessionId,
          ...(hardness.tailCheckMs === undefined ? {} : { tailCheckMs: hardness.tailCheckMs }),
          others: people.filter((other) => other !== me).map(({ id }) => id),
          folder: join(folder, String(index)),
          seed: `${seed}/client ${index}`,
        }),
      );
    }
    await Promise.all(stage.clients.map((client) => client.open()));
    for (const client of stage.clients) client.tell({ ask: "train" });

    const plan = planTrouble(random, hardness);
    const [kills, coached] = await Promise.all([
      breakEverything(stage, plan, hardness.troubleMs),
      coach.lead(hardness.troubleMs),
    ]);
    for (const client of stage.clients) client.tell({ ask: "rest" });
    if (hardness.resetsDeadAtEnd) { for (const network of stage.networks) network.resetDead(); }

    const settled = await settle(stage.clients, witness, catchUpMs);
    const truth = await witness.truth(await signToken(stack, host));
    const witnessed = await Promise.all(stage.clients.map(async (client, index) => ({
      id: client.task.me.id,
      name: client.task.me.displayName,
      state: await client.state(),
      made: readJournal(client.task.folder),
      kills: kills[index] ?? 0,
    })));
    return {
      seed,
      faults: [
        ...stage.clients.flatMap(({ faults, task }) =>
          faults.map((fault) => `${task.me.displayName}: ${fault}`)
        ),
        ...settled.faults,
        ...faultsOf(truth, witnessed),
      ],
      events: truth.events.length,
      network: counts,
      mishaps: countKinds(plan),
      coached,
      tokens: witnessed.reduce((sum, { state }) => sum + state.tokens, 0),
      worstCatchUpMs: settled.worstMs,
    };
  } finally {
    await Promise.all(stage.clients.map((client) => client.kill()));
    await stage.realtime.kill();
    await Promise.all(stage.networks.map((network) => network.close()));
    await witness?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openSession(
  stack: Stack,
  people: Awaited<ReturnType<typeof createPeople>>,
): Promise<string> {
  const [host, ...others] = await Promise.all(people.map((person) => signToken(stack, person)));
  const opened = await callFunction(stack, host!, "POST", "/sessions", {
    mode: "guided",
    visibility: "public",
    maxParticipants: Math.max(2, people.length),
  }) as { session: { id: string } };
  const { id } = opened.session;
  await callFunction(stack, host!, "POST", `/sessions/${id}/start`);
  for (const token of others) await callFunction(stack, token, "POST", `/sessions/${id}/join`);
  return id;
}

/** Goes through the plan, to its end. @returns how often each client was killed */
async function breakEverything(
  stage: Stage,
  plan: readonly Mishap[],
  troubleMs: number,
): Promise<number[]> {
  const kills = stage.clients.map(() => 0);
  await Promise.all([
    pause(troubleMs),
    ...plan.map(async (mishap) => {
      await pause(mishap.atMs);
      if (mishap.kind === "app_closed") kills[mishap.client]!++;
      await happen(stage, mishap);
    }),
  ]);
  return kills;
}

async function happen({ clients, networks, realtime }: Stage, mishap: Mishap): Promise<void> {
  switch (mishap.kind) {
    case "reset":
      return networks[mishap.client]!.reset(mishap.scope);
    case "silence":
      return networks[mishap.client]!.silence(mishap.scope);
    case "lost_answers":
      return await networks[mishap.client]!.loseAnswers(mishap.scope, mishap.forMs);
    case "black_hole":
      return await networks[mishap.client]!.blackHole(mishap.forMs, mishap.afterwards);
    case "server_killed":
      await realtime.kill();
      await pause(mishap.forMs);
      return await realtime.start();
    case "server_frozen":
      realtime.freeze();
      await pause(mishap.forMs);
      return realtime.thaw();
    case "asleep":
      clients[mishap.client]!.sleep();
      await pause(mishap.forMs);
      return clients[mishap.client]!.wake();
    case "app_closed": {
      const client = clients[mishap.client]!;
      const networkIsBack = networks[mishap.client]!.openBlackHole("dead");
      await pause(mishap.offlineMs);
      await client.kill();
      await pause(mishap.forMs);
      networkIsBack();
      await client.open();
      return client.tell({ ask: "train" });
    }
  }
}

/** The figures of a run in a line. */
export function describeRun(result: RunResult): string {
  const { seed, faults, events, network, mishaps, coached, tokens, worstCatchUpMs } = result;
  return [
    `seed ${seed}: ${events} events`,
    `${network.connections} connections, ${network.cuts} cut`,
    `${mishaps.black_hole} black holes`,
    `server killed ${mishaps.server_killed} ×, frozen ${mishaps.server_frozen} ×`,
    `${mishaps.asleep} sleeps`,
    `${mishaps.app_closed} apps closed`,
    `topic moved ${coached.removals} ×`,
    `${tokens} tokens, expired on ${network.expiredChannels} channels, ` +
    `${network.refusedTokens} requests`,
    `all caught up ${(worstCatchUpMs / 1000).toFixed(1)} s after the end of the trouble`,
    faults.length === 0 ? "good" : `BAD (${faults.length} faults)`,
  ].join("; ");
}

function countKinds(plan: readonly Mishap[]): RunResult["mishaps"] {
  const counts: RunResult["mishaps"] = {
    reset: 0,
    silence: 0,
    lost_answers: 0,
    black_hole: 0,
    server_killed: 0,
    server_frozen: 0,
    asleep: 0,
    app_closed: 0,
  };
  for (const { kind } of plan) counts[kind]++;
  return counts;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
