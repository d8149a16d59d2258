import type { ChannelFollower } from "./channel.ts";
import type { Mark } from "./reader.ts";

/** How long somebody may be refused the channel before it is believed that they are out. */
const OUT_MS = 10_000;

/** Where a session is broadcast, which the server's answers tell and which changes. */
export class Whereabouts {
  #movedAt: Mark | null = null;
  #refusedAt: number | null = null;

  /** @param plainTopic where it is unless an answer says otherwise */
  constructor(readonly plainTopic: string) {}

  joined(): void {
    this.#refusedAt = null;
  }

  refused(): void {
    this.#refusedAt ??= Date.now();
  }

  /** @param mark that of the first question whose answer knows of it */
  moved(mark: Mark): void {
    this.#movedAt = mark;
  }

  /**
   * Has the channel follow what an answer says. Answers come one at a time, so the last one is
   * right, unless it was asked for before the channel moved.
   *
   * @param topic absent for people who are not in the session
   * @param asked the mark of the question
   * @returns whether this person is out: refused the channel, and told of no other
   */
  answered(topic: string | undefined, asked: Mark, channel: ChannelFollower): boolean {
    if (this.#movedAt !== null && asked < this.#movedAt) return false;
    if (topic === undefined && channel.state === "refused" && this.#isRefusedForLong()) return true;
    const hadMoved = this.#movedAt !== null;
    this.#movedAt = null;
    const next = topic ?? this.plainTopic;
    if (next !== channel.topic) channel.follow(next);
    else if (hadMoved) channel.rejoin(new Error("The channel moved."));
    return false;
  }

  #isRefusedForLong(): boolean {
    return this.#refusedAt !== null && Date.now() - this.#refusedAt >= OUT_MS;
  }
}
