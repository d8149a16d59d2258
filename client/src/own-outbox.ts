import type { Calls } from "./calls/calls.ts";
import type { LiveWorkoutOptions } from "./context.ts";
import type { Identity } from "./identity.ts";
import { createOutbox } from "./outbox/outbox.ts";
import type { Outbox, OutboxStorage } from "./outbox/types.ts";

/** What the outbox of whoever is signed in is made from. */
export interface OwnOutboxOptions extends LiveWorkoutOptions {
  readonly calls: Calls;
  readonly identity: Identity;
  readonly storage: OutboxStorage;
  readonly clock: { readonly offsetMs: number };
}

/** The outbox of whoever is signed in: made when it is first asked for, anew for somebody else. */
export function ownOutbox(options: OwnOutboxOptions): {
  open(): Promise<Outbox>;
  close(): Promise<void>;
} {
  const { calls, identity, storage, clock, onStorageError } = options;
  let present: { readonly userId: string; readonly outbox: Promise<Outbox> } | undefined;
  const close = async () => {
    const closing = present;
    present = undefined;
    await (await closing?.outbox)?.close();
  };
  return {
    close,
    open: async () => {
      const userId = await identity.required();
      if (present?.userId === userId) return await present.outbox;
      const before = close();
      const outbox = before.then(() =>
        createOutbox({
          userId,
          deliver: calls,
          signedInAs: identity.current,
          storage,
          now: () => Date.now() + clock.offsetMs,
          ...(onStorageError === undefined ? {} : { onStorageError }),
        })
      );
      present = { userId, outbox };
      try {
        return await outbox;
      } catch (error) {
        if (present?.outbox === outbox) present = undefined;
        throw error;
      }
    },
  };
}
