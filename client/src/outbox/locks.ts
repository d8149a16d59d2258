interface LockManager {
  request<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

/**
 * Does something while no other tab or window of the browser does anything under the same name,
 * where the platform can do that. Elsewhere it is just done.
 */
export async function exclusively<Result>(
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const { navigator } = globalThis as { navigator?: { locks?: LockManager } };
  const locks = navigator?.locks;
  if (locks === undefined) return await work();
  let started = false;
  const once = () => {
    started = true;
    return work();
  };
  try {
    return await locks.request(name, once);
  } catch (error) {
    // Pages that may not have locks; what the work itself raises is the caller's.
    if (started) throw error;
    return await work();
  }
}
