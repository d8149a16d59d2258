import { testShare } from "./running.ts";

await testShare(0, 2);
