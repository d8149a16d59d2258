import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { PhoenixServer } from "./phoenix_server.ts";

/** A request for the session that reached the server. */
export interface Asked {
  readonly what: "snapshot" | "events";
  readonly after: number;
  readonly limit: number;
  readonly at: number;
}

/**
 * A server with one session, whose broadcasts can be lost, doubled and shuffled and whose answers
 * can fail. It answers as the edge functions do, as far as a sync reads the answers.
 */
export class SessionServer {
  readonly id = randomUUID();
  readonly asked: Asked[] = [];
  topic: string | undefined = `live_session:${this.id}`;
  status: "active" | "ended" = "active";
  /** What its clock says beyond that of this machine, in ms. */
  clockOffset = 0;
  /** Answers with this instead, while it says something. */
  refuse: (asked: Asked) => { status: number; code?: string; retryAfterSeconds?: number } | null =
    () => null;
  /** Is waited for before an answer is made, and after. */
  before: (asked: Asked) => Promise<void> | void = () => {};
  after: (asked: Asked) => Promise<void> | void = () => {};
  /** Those that are no more. */
  readonly gone = new Set<number>();
  #last = 0;

  private constructor(readonly realtime: PhoenixServer) {
    realtime.onRequest = (request, response) => void this.#answer(request, response);
  }

  static async start(): Promise<SessionServer> {
    return new SessionServer(await PhoenixServer.start());
  }

  get last(): number {
    return this.#last;
  }

  event(seq: number) {
    const type = this.status === "ended" && seq === this.#last ? "session_ended" : "message";
    return {
      id: `event-${seq}`,
      seq,
      sessionId: this.id,
      userId: "somebody",
      type,
      timestamp: 1_795_420_800_000 + seq,
      data: { message: `number ${seq}` },
    };
  }

  /** Lets events happen and, unless told otherwise, be broadcast. */
  happen(count = 1, isBroadcast = true): void {
    for (let time = 0; time < count; time++) {
      this.#last += 1;
      if (isBroadcast) this.broadcast(this.#last);
    }
  }

  broadcast(seq: number): void {
    if (this.topic) this.realtime.broadcast(this.topic, "live_event", this.event(seq));
  }

  /** Moves the topic and tells those who listen. */
  move(isTold = true): void {
    const old = this.topic ?? "";
    this.topic = `live_session:${this.id}:${randomUUID().replaceAll("-", "")}`;
    if (isTold) this.realtime.broadcast(old, "channel_moved", {});
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://localhost");
    const asked: Asked = {
      what: url.pathname.endsWith("/events") ? "events" : "snapshot",
      after: Number(url.searchParams.get("after") ?? 0),
      limit: Number(url.searchParams.get("limit") ?? 100),
      at: Date.now(),
    };
    this.asked.push(asked);
    await this.before(asked);
    const refusal = this.refuse(asked);
    const [status, body] = refusal
      ? [refusal.status, { ...refusal, title: "No", detail: "Not now.", requestId: "a-request" }]
      : [200, asked.what === "events" ? this.#page(asked) : this.#snapshot()];
    await this.after(asked);
    if (this.realtime.isMute) return;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(refusal && refusal.code === undefined ? "<html>" : JSON.stringify(body));
  }

  #snapshot() {
    return {
      session: { id: this.id, status: this.status, lastEventSeq: this.#last },
      participants: [],
      recentEvents: [],
      lastSeq: this.#last,
      ...this.#common(),
    };
  }

  #page({ after, limit }: Asked) {
    const seqs = Array.from({ length: Math.max(0, this.#last - after) }, (_, i) => after + 1 + i)
      .filter((seq) => !this.gone.has(seq));
    const events = seqs.slice(0, limit).map((seq) => this.event(seq));
    return {
      events,
      lastSeq: events.at(-1)?.seq ?? after,
      hasMore: seqs.length > limit,
      ...this.#common(),
    };
  }

  #common() {
    return {
      ...(this.topic && this.status !== "ended" ? { topic: this.topic } : {}),
      serverNow: Date.now() + this.clockOffset,
    };
  }
}
