import { z } from "zod";

/** How to reach a stack: what `npm run status -- -o json` prints. */
export const endpointsSchema = z.object({
  API_URL: z.url(),
  FUNCTIONS_URL: z.url(),
  REALTIME_URL: z.url(),
  DB_URL: z.url(),
  PUBLISHABLE_KEY: z.string().min(1),
  SECRET_KEY: z.string().min(1),
  JWT_SECRET: z.string().min(1),
});

export type Endpoints = z.infer<typeof endpointsSchema>;

declare module "vitest" {
  interface ProvidedContext {
    /** The stack that the end-to-end tests run against. */
    stack: Endpoints;
  }
}
