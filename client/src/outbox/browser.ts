/** What a browser can tell an outbox. */
export interface BrowserListener {
  /** Another tab has written to localStorage; null: all of it was cleared. */
  stored(key: string | null): void;
  /** The network is back. */
  online(): void;
}

interface EventTargetLike {
  addEventListener?(type: string, listener: (event: { key?: string | null }) => void): void;
  removeEventListener?(type: string, listener: (event: { key?: string | null }) => void): void;
}

/** Listens to the browser, where there is one; the function returned ends it. */
export function watchBrowser(listener: BrowserListener): () => void {
  const target: EventTargetLike = globalThis as unknown as EventTargetLike;
  // React Native has the one without the other, and no such events.
  if (!("document" in globalThis) || typeof target.addEventListener !== "function") {
    return () => {};
  }
  const stored = (event: { key?: string | null }) => listener.stored(event.key ?? null);
  const online = () => listener.online();
  target.addEventListener("storage", stored);
  target.addEventListener("online", online);
  return () => {
    target.removeEventListener?.("storage", stored);
    target.removeEventListener?.("online", online);
  };
}
