import type { Caller } from "./admission.ts";
import { type Permissions, writePermissions } from "./authorization.ts";
import { DatabaseUnavailable } from "./database.ts";
import type { Claims } from "./keys.ts";
import type { TopicName } from "./registry.ts";
import type { Services } from "./services.ts";

/** What one channel may write: asked for at the first message, and again after a new token. */
export class WriteAccess {
  #known: Permissions | null = null;

  constructor(readonly services: Services, readonly caller: Caller, readonly topic: TopicName) {}

  /** While the database cannot be asked, the answer is no. */
  async allows(extension: keyof Permissions, claims: Claims): Promise<boolean> {
    if (!this.topic.private) return true;
    const context = { topic: this.topic.name, claims, headers: this.caller.headers };
    try {
      const { database, log } = this.services;
      this.#known ??= await writePermissions(database, context, log);
    } catch (error) {
      if (error instanceof DatabaseUnavailable) return false;
      throw error;
    }
    return this.#known[extension];
  }

  forget(): void {
    this.#known = null;
  }
}
