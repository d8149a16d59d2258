import { type Call, findCalls } from "./calls.ts";

/** A function's source with one guard less. */
export interface WeakenedSource {
  /** Which guard, in words; not unique within a function. */
  guard: string;
  source: string;
}

/**
 * What only refuses and otherwise answers nothing. Without it the function goes on.
 *
 * Row locks (`for no key update`) are guards too, but against races: one transaction alone cannot
 * tell whether they are there. tests/races is about those.
 */
const refusing = /^(refuse(_\w+)?|require(_\w+)?|check_\w+|limit_rate)$/;

/** Answers that a guard hands on, and what reads them without asking anything. */
const reading: Record<string, (call: Call) => string> = {
  lock_session: sessionRow,
  require_presence: sessionRow,
  require_visible: sessionRow,
  require_invitation: ({ arguments: [id] }) =>
    `(select unguarded from public.live_session_invitations unguarded where unguarded.id = ${id})`,
  can_see_session: () => "true",
};

function sessionRow({ arguments: [id] }: Call): string {
  return `(select unguarded from public.live_sessions unguarded where unguarded.id = ${id})`;
}

/** The sources in each of which one guard is missing, in the order of the guards. */
export function weaken(source: string): WeakenedSource[] {
  return findCalls(source, /./).flatMap((call) => {
    const { start, end, name } = call;
    const read = reading[name];
    const performed = /\bperform\s+$/i.exec(source.slice(0, start));
    const assigned = /:=\s*$/.test(source.slice(0, start));
    if (refusing.test(name) && (performed || (assigned && !read))) {
      // Alone it is a statement; of many rows, or assigned, it is an expression in one.
      const alone = performed && /^\s*;/.test(source.slice(end));
      return [{
        guard: label(call),
        source: source.slice(0, alone ? performed.index : start) + "null" + source.slice(end),
      }];
    }
    if (performed || !read) return [];
    return [{
      guard: label(call),
      source: source.slice(0, start) + read(call) + source.slice(end),
    }];
  });
}

/** The call with as much of its arguments as tells it from others. */
function label({ name, arguments: parts }: Call): string {
  const text = parts.join(", ").replace(/\s+/g, " ");
  return `${name}(${text.length > 60 ? `${text.slice(0, 59)}…` : text})`;
}
