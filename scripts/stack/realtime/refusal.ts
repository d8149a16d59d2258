/** Why someone may not join, or may not stay. Both texts go to the client as they are. */
export class Refusal extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }

  /** What a refused join is answered with; a closed channel is told the message alone. */
  get reason(): string {
    return `${this.code}: ${this.message}`;
  }
}
