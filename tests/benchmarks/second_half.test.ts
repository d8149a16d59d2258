import { testShare } from "./running.ts";

await testShare(1, 2);
