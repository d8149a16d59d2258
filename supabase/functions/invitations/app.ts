import { createFunctionApp, type FunctionApp } from "../_shared/app.ts";
import type { FunctionConfig } from "../_shared/config.ts";
import type { LogSink } from "../_shared/request-log.ts";
import { acceptInvitation } from "./routes/accept.ts";
import { browseInvitations } from "./routes/browse.ts";
import { createLink } from "./routes/create-link.ts";
import { declineInvitation } from "./routes/decline.ts";
import { inviteFriends } from "./routes/invite.ts";
import { redeemLink } from "./routes/redeem-link.ts";
import { revokeInvitation } from "./routes/revoke.ts";
import { revokeLink } from "./routes/revoke-link.ts";

/** The `invitations` function: who asks whom to join, by name or by a code to share. */
export function createInvitationsApp(config: FunctionConfig, log?: LogSink): FunctionApp {
  return createFunctionApp({
    name: "invitations",
    description: "Who asks whom to join, by name or by a code to share.",
    config,
    log,
    addRoutes: (app) => {
      app.openapiRoutes([
        inviteFriends,
        browseInvitations,
        // Ahead of the invitations, whose ids would match this name.
        createLink,
        redeemLink,
        revokeLink,
        acceptInvitation,
        declineInvitation,
        revokeInvitation,
      ]);
    },
  });
}
