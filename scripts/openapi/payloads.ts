import { OpenApiGeneratorV31, OpenAPIRegistry } from "@asteasolutions/zod-to-openapi";
import { LiveTopics } from "../../supabase/functions/_shared/schemas/live-topics.ts";
import { LoggedSets, QueuedSet } from "../../supabase/functions/_shared/schemas/logged-sets.ts";
import { QuickReaction } from "../../supabase/functions/_shared/schemas/quick-reaction.ts";
import {
  PresenceSettings,
  WorkoutPresence,
} from "../../supabase/functions/_shared/schemas/workout-presence.ts";
import { documentSchema, type OpenApiDocument } from "./merge.ts";

/**
 * What reaches clients past the edge functions: over Realtime, and from functions of the database
 * called over REST. No route of ours names these, yet they are as much promised as those that do.
 */
const PAYLOADS = {
  WorkoutPresence,
  PresenceSettings,
  QuickReaction,
  LiveTopics,
  QueuedSet,
  LoggedSets,
};

/** A description without routes: the payloads as schemas that clients can rely on. */
export function describePayloads(): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  for (const [name, payload] of Object.entries(PAYLOADS)) registry.register(name, payload);
  const generator = new OpenApiGeneratorV31(registry.definitions);
  const { components } = generator.generateComponents();
  return documentSchema.parse({
    openapi: "3.1.0",
    info: { title: "payloads", version: "1" },
    paths: {},
    components,
  });
}
