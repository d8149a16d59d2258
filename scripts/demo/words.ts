import type { LiveSessionEvent, LiveSessionSummary } from "@live-workout-together/client";

/** An event as a line of a feed. */
export function describeEvent(event: LiveSessionEvent, nameOf: (id: string) => string): string {
  const who = nameOf(event.userId);
  switch (event.type) {
    case "user_joined":
      return `${event.data.displayName} joined`;
    case "user_left":
      return `${event.data.displayName} left`;
    case "session_started":
      return `${who} started the session`;
    case "session_ended":
      return `${who} ended the session`;
    case "status_update":
      return `${who} is ${event.data.status.replace("_", " ")}`;
    case "set_completed": {
      const { reps, weightKg, exerciseName, e1rmKg, isPR } = event.data;
      const estimate = e1rmKg === undefined ? "" : ` (e1RM ${e1rmKg.toFixed(1)} kg)`;
      return `${who}: ${reps} × ${weightKg} kg ${exerciseName}${estimate}${isPR ? " — PR!" : ""}`;
    }
    default:
      return `${who}: ${event.type.replaceAll("_", " ")}`;
  }
}

/** The recap as lines of a table. */
export function describeSummary(summary: LiveSessionSummary): string[] {
  const seconds = (summary.durationMs / 1000).toFixed(1);
  return [
    `${summary.participantCount} people, ${summary.totalSets} sets, ` +
    `${summary.totalVolumeKg} kg in ${seconds} s`,
    ...summary.participants.map((participant) =>
      `${participant.displayName.padEnd(8)} ${participant.setsCompleted} sets, ` +
      `${participant.totalVolumeKg} kg, ${participant.prCount} PR`
    ),
  ];
}
