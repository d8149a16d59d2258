// Written by "npm run openapi" from the schemas of the edge functions. Not to be edited.

export interface paths {
  "/sessions": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Browse sessions
     * @description One's own, one's friends' or the public ones, newest first.
     */
    get: operations["browseSessions"];
    put?: never;
    /**
     * Open a session
     * @description The caller is its host, its first participant and, when it is guided, its leader.
     */
    post: operations["openSession"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sessions/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a session as it stands
     * @description Participants and recent events are for people who are or were in it; others get none. `topic` is the channel on which events are broadcast, for people in it.
     */
    get: operations["readSession"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change a session's settings
     * @description For the host, until the session has ended.
     */
    patch: operations["updateSession"];
    trace?: never;
  };
  "/sessions/{id}/join": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Join a session, or come back to it
     * @description Joining again changes nothing; coming back keeps one's figures.
     */
    post: operations["joinSession"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sessions/{id}/leave": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Leave a session
     * @description A leaving host hands the role to whoever is present longest; the last one to leave ends it.
     */
    post: operations["leaveSession"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sessions/{id}/start": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Start a session
     * @description For the host. Starting it again changes nothing.
     */
    post: operations["startSession"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sessions/{id}/end": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * End a session
     * @description For the host; before the start it calls the session off. Again changes nothing.
     */
    post: operations["endSession"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sessions/{id}/events": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Catch up with what happened
     * @description The events with a seq above `after`, in order, for people who are or were in it.
     */
    get: operations["readEvents"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sessions/{id}/summary": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the recap
     * @description What the session came to, or has come to so far.
     */
    get: operations["readSummary"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sessions/{id}/host": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Hand the host's role over
     * @description For the host, to somebody who is in the session. Again changes nothing.
     */
    post: operations["transferHost"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sessions/{id}/participants/{userId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Remove somebody from a session
     * @description For the host. Who is removed cannot come back. Again changes nothing.
     */
    delete: operations["removeParticipant"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sessions/openapi.json": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read this description */
    get: operations["sessionsOpenApi"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sessions/health": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tell whether the function runs */
    get: operations["sessionsHealth"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/invitations": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Browse invitations
     * @description Those one got, or those one sent, newest first.
     */
    get: operations["browseInvitations"];
    put?: never;
    /**
     * Invite friends
     * @description For the host. Each person gets an outcome of their own; of those who cannot be invited the answer does not tell why.
     */
    post: operations["inviteFriends"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/invitations/links": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a code to share
     * @description For the host. Whoever has the code may join while there is room. Only its hash is stored: it is shown this once.
     */
    post: operations["createInvitationLink"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/invitations/links/redeem": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Join by a code
     * @description For whoever has the code. Ten attempts a minute, wrong ones included. Again changes nothing and uses nothing up.
     */
    post: operations["redeemInvitationLink"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/invitations/links/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Take a code back
     * @description For the host, and whoever made the code. Again changes nothing.
     */
    delete: operations["revokeInvitationLink"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/invitations/{id}/accept": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Accept an invitation and join
     * @description For the recipient. Accepting again changes nothing.
     */
    post: operations["acceptInvitation"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/invitations/{id}/decline": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Decline an invitation
     * @description For the recipient, until it is accepted. Declining again changes nothing.
     */
    post: operations["declineInvitation"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/invitations/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Take an invitation back
     * @description For the sender, until it is accepted. Again changes nothing.
     */
    delete: operations["revokeInvitation"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/invitations/openapi.json": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read this description */
    get: operations["invitationsOpenApi"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/invitations/health": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tell whether the function runs */
    get: operations["invitationsHealth"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/{sessionId}/exercise": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Choose what the group does
     * @description For the leader: any exercise, in the plan or not. Everybody's ready flag resets.
     */
    post: operations["chooseExercise"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/{sessionId}/next": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Go on to the next exercise of the plan
     * @description For the leader. At the end of the plan there is no next one: `invalid_exercise`. Everybody's ready flag resets.
     */
    post: operations["nextExercise"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/{sessionId}/previous": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Go back to the previous exercise of the plan
     * @description For the leader. Before the first of the plan there is none: `invalid_exercise`. Everybody's ready flag resets.
     */
    post: operations["previousExercise"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/{sessionId}/plan": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Change the plan
     * @description For the leader: edit, reorder, add, drop. The group stays at the exercise it is at.
     */
    put: operations["changePlan"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/{sessionId}/ready": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say that one is ready, or is not
     * @description For everybody in the session. Again changes nothing.
     */
    post: operations["reportReady"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/{sessionId}/ready-check": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask who is ready
     * @description For the leader. When the policy is met, or at the deadline, the step is open: the event `ready_check` names who is late, and nobody waits for them.
     */
    post: operations["startReadyCheck"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/{sessionId}/rest": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Start a rest
     * @description For the leader. The rest has one absolute end, `restEndsAt` of the session; a new one replaces it.
     */
    post: operations["startRest"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/{sessionId}/rest/extend": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Extend the rest
     * @description For the leader, while the group rests.
     */
    post: operations["extendRest"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/{sessionId}/rest/skip": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * End the rest
     * @description For the leader. Without a rest it changes nothing for the others.
     */
    post: operations["skipRest"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/{sessionId}/pause": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pause the session
     * @description For the leader of a guided session, or the host of a shared one. The clock of a rest stands still meanwhile. Again changes nothing.
     */
    post: operations["pauseSession"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/{sessionId}/resume": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Resume the session
     * @description For the leader of a guided session, or the host of a shared one. What was left of a rest is left still. Again changes nothing.
     */
    post: operations["resumeSession"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/{sessionId}/leader": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Hand the lead over, or take it
     * @description For the leader, to somebody who is in the session. Of a leader who is silent for a minute whoever has been there longest may take it, for themselves. Again changes nothing.
     */
    post: operations["transferLead"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/openapi.json": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read this description */
    get: operations["guidedOpenApi"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/guided/health": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tell whether the function runs */
    get: operations["guidedHealth"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Problem: {
      type: string;
      title: string;
      status: number;
      detail: string;
      /** @enum {string} */
      code:
        | "invalid_request"
        | "unauthenticated"
        | "permission_denied"
        | "not_participant"
        | "not_host"
        | "not_leader"
        | "session_not_found"
        | "invitation_not_found"
        | "user_not_found"
        | "not_found"
        | "method_not_allowed"
        | "session_ended"
        | "session_not_started"
        | "session_full"
        | "already_in_session"
        | "invalid_mode"
        | "version_conflict"
        | "invitation_expired"
        | "payload_too_large"
        | "unsupported_media_type"
        | "invalid_exercise"
        | "rate_limited"
        | "internal_error";
      requestId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId?: string;
      errors?: {
        path: string;
        message: string;
      }[];
      currentVersion?: number;
      retryAfterSeconds?: number;
    } & {
      [key: string]: unknown;
    };
    Health: {
      /** @enum {string} */
      status: "ok";
      function: string;
      /** @example 1795420800000 */
      serverNow: number;
    };
    OpenSessionAnswer: components["schemas"]["ParticipantAnswer"] & {
      invitations?: {
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        recipientId: string;
        /** @enum {string} */
        outcome: "invited" | "already_invited" | "already_in_session" | "not_invitable";
      }[];
    };
    LiveSession: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      hostId: string;
      /** @enum {string} */
      mode: "shared" | "guided";
      /** @enum {string} */
      status: "pending" | "active" | "ended";
      name?: string;
      theme?: string;
      /** @enum {string} */
      visibility: "private" | "friends" | "public";
      maxParticipants: number;
      participantCount: number;
      totalSetsCompleted: number;
      /** @example 1795420800000 */
      createdAt: number;
      /** @example 1795420800000 */
      startedAt?: number;
      /** @example 1795420800000 */
      endedAt?: number;
      /** @example 1795420800000 */
      pausedAt?: number;
      /** @example 1795420800000 */
      restEndsAt?: number;
      currentExerciseId?: string;
      plannedExercises: components["schemas"]["PlannedExercise"][];
      version: number;
      lastEventSeq: number;
    };
    PlannedExercise: {
      exerciseId: string;
      targetSets: number;
      targetRepsMin?: number;
      targetRepsMax?: number;
    };
    LiveSessionParticipant: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      displayName: string;
      avatarUrl?: string;
      /** @enum {string} */
      status: "idle" | "resting" | "working_out" | "finished";
      /** @example 1795420800000 */
      joinedAt: number;
      /** @example 1795420800000 */
      leftAt?: number;
      /** @example 1795420800000 */
      lastActiveAt: number;
      currentExerciseId?: string;
      setsCompleted: number;
      totalVolumeKg: number;
      prCount: number;
      isLeader: boolean;
      readyForNext: boolean;
    };
    ParticipantAnswer: {
      session: components["schemas"]["LiveSession"];
      participant: components["schemas"]["LiveSessionParticipant"];
      /** @example 1795420800000 */
      serverNow: number;
    };
    OpenSessionBody: {
      /** @enum {string} */
      mode: "shared" | "guided";
      name?: string;
      theme?: string;
      /** @enum {string} */
      visibility?: "private" | "friends" | "public";
      maxParticipants?: number;
      plannedExercises?: components["schemas"]["PlannedExerciseInput"][];
      inviteeIds?: string[];
    };
    PlannedExerciseInput: {
      exerciseId: string;
      targetSets: number;
      targetRepsMin?: number;
      targetRepsMax?: number;
    };
    SessionPage: {
      items: components["schemas"]["LiveSession"][];
      nextCursor: string | null;
      /** @example 1795420800000 */
      serverNow: number;
    };
    SessionSnapshot: {
      session: components["schemas"]["LiveSession"];
      participants: components["schemas"]["LiveSessionParticipant"][];
      recentEvents: components["schemas"]["LiveSessionEvent"][];
      lastSeq: number;
      topic?: string;
      /** @example 1795420800000 */
      serverNow: number;
    };
    LiveSessionEvent:
      | components["schemas"]["SessionCreatedEvent"]
      | components["schemas"]["SessionStartedEvent"]
      | components["schemas"]["SessionEndedEvent"]
      | components["schemas"]["SessionUpdatedEvent"]
      | components["schemas"]["SessionPausedEvent"]
      | components["schemas"]["SessionResumedEvent"]
      | components["schemas"]["HostChangedEvent"]
      | components["schemas"]["LeaderChangedEvent"]
      | components["schemas"]["UserJoinedEvent"]
      | components["schemas"]["UserLeftEvent"]
      | components["schemas"]["SetCompletedEvent"]
      | components["schemas"]["SetUpdatedEvent"]
      | components["schemas"]["SetRemovedEvent"]
      | components["schemas"]["PrRevokedEvent"]
      | components["schemas"]["ExerciseChangedEvent"]
      | components["schemas"]["PlanChangedEvent"]
      | components["schemas"]["ReadyStatusChangedEvent"]
      | components["schemas"]["ReadyCheckEvent"]
      | components["schemas"]["RestStartedEvent"]
      | components["schemas"]["RestEndedEvent"]
      | components["schemas"]["StatusUpdateEvent"]
      | components["schemas"]["ReactionEvent"]
      | components["schemas"]["MessageEvent"];
    SessionCreatedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "session_created";
      data?: {
        [key: string]: unknown;
      };
    };
    SessionStartedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "session_started";
      data?: {
        /** @example 1795420800000 */
        startedAt?: number;
      } & {
        [key: string]: unknown;
      };
    };
    SessionEndedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "session_ended";
      data?: {
        /** @example 1795420800000 */
        endedAt?: number;
      } & {
        [key: string]: unknown;
      };
    };
    SessionUpdatedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "session_updated";
      data: {
        name?: string | null;
        theme?: string | null;
        /** @enum {string} */
        visibility?: "private" | "friends" | "public";
        maxParticipants?: number;
      } & {
        [key: string]: unknown;
      };
    };
    SessionPausedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "session_paused";
      data: {
        /** @example 1795420800000 */
        pausedAt: number;
      } & {
        [key: string]: unknown;
      };
    };
    SessionResumedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "session_resumed";
      data: {
        /** @example 1795420800000 */
        restEndsAt?: number;
      } & {
        [key: string]: unknown;
      };
    };
    HostChangedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "host_changed";
      data: {
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        hostId: string;
        displayName: string;
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        previousHostId: string;
      } & {
        [key: string]: unknown;
      };
    };
    LeaderChangedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "leader_changed";
      data: {
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        leaderId: string;
        displayName: string;
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        previousLeaderId: string;
      } & {
        [key: string]: unknown;
      };
    };
    UserJoinedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "user_joined";
      data: {
        displayName: string;
        avatarUrl?: string;
        /** @example 1795420800000 */
        joinedAt?: number;
      } & {
        [key: string]: unknown;
      };
    };
    UserLeftEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "user_left";
      data: {
        displayName: string;
        avatarUrl?: string;
        /** @example 1795420800000 */
        leftAt?: number;
        removed?: boolean;
        timedOut?: boolean;
      } & {
        [key: string]: unknown;
      };
    };
    SetCompletedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "set_completed";
      data: {
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        setId: string;
        exerciseId: string;
        exerciseName: string;
        /** @enum {string} */
        setType: "warmup" | "working";
        weightKg: number;
        reps: number;
        e1rmKg?: number;
        isPR?: boolean;
        intensityScore?: number;
      } & {
        [key: string]: unknown;
      };
    };
    SetUpdatedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "set_updated";
      data: {
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        setId: string;
        exerciseId: string;
        exerciseName: string;
        /** @enum {string} */
        setType: "warmup" | "working";
        weightKg: number;
        reps: number;
        e1rmKg?: number;
        isPR?: boolean;
        intensityScore?: number;
      } & {
        [key: string]: unknown;
      };
    };
    SetRemovedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "set_removed";
      data: {
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        setId: string;
        exerciseId: string;
        exerciseName: string;
      } & {
        [key: string]: unknown;
      };
    };
    PrRevokedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "pr_revoked";
      data: {
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        setId: string;
        exerciseId: string;
        exerciseName: string;
      } & {
        [key: string]: unknown;
      };
    };
    ExerciseChangedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "exercise_changed";
      data: {
        exerciseId: string;
        exerciseName: string;
        targetSets?: number;
        targetRepsMin?: number;
        targetRepsMax?: number;
      } & {
        [key: string]: unknown;
      };
    };
    PlanChangedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "plan_changed";
      data: {
        plannedExercises: components["schemas"]["PlannedExercise"][];
      } & {
        [key: string]: unknown;
      };
    };
    ReadyStatusChangedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "ready_status_changed";
      data: {
        isReady: boolean;
      } & {
        [key: string]: unknown;
      };
    };
    ReadyCheckEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "ready_check";
      data:
        | ({
          /** @enum {string} */
          state: "waiting";
          /** @enum {string} */
          policy: "all" | "quorum" | "leader_only";
          quorum?: number;
          /** @example 1795420800000 */
          deadline: number;
          ready: string[];
          waitingFor: string[];
        } & {
          [key: string]: unknown;
        })
        | ({
          /** @enum {string} */
          state: "open";
          /** @enum {string} */
          reason: "ready" | "deadline";
          late: ({
            /**
             * Format: uuid
             * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
             */
            userId: string;
            displayName: string;
          } & {
            [key: string]: unknown;
          })[];
        } & {
          [key: string]: unknown;
        });
    };
    RestStartedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "rest_started";
      data: {
        /** @example 1795420800000 */
        restEndsAt: number;
        extended?: boolean;
      } & {
        [key: string]: unknown;
      };
    };
    RestEndedEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "rest_ended";
      data: {
        skipped?: boolean;
        version?: number;
      } & {
        [key: string]: unknown;
      };
    };
    StatusUpdateEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "status_update";
      data: {
        /** @enum {string} */
        status: "idle" | "resting" | "working_out" | "finished";
        currentExerciseId?: string;
      } & {
        [key: string]: unknown;
      };
    };
    ReactionEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "reaction";
      data: {
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        reactionId?: string;
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        targetUserId: string;
        /** @enum {string} */
        emote: "like" | "fire" | "skull" | "crown" | "bolt" | "clap";
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        targetSetId?: string;
      } & {
        [key: string]: unknown;
      };
    };
    MessageEvent: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      seq: number;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      /** @example 1795420800000 */
      timestamp: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: "message";
      data: {
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        messageId?: string;
        message: string;
      } & {
        [key: string]: unknown;
      };
    };
    SessionAnswer: {
      session: components["schemas"]["LiveSession"];
      /** @example 1795420800000 */
      serverNow: number;
    };
    UpdateSessionBody: {
      name?: string | null;
      theme?: string | null;
      /** @enum {string} */
      visibility?: "private" | "friends" | "public";
      maxParticipants?: number;
    };
    EndSessionAnswer: components["schemas"]["SessionAnswer"] & {
      summary: components["schemas"]["LiveSessionSummary"];
    };
    LiveSessionSummary: {
      session: components["schemas"]["LiveSession"];
      participantCount: number;
      totalSets: number;
      totalVolumeKg: number;
      durationMs: number;
      /** @description The duration without the pauses */
      activeMs: number;
      participants: components["schemas"]["LiveSessionParticipant"][];
    };
    EventPage: {
      events: components["schemas"]["LiveSessionEvent"][];
      lastSeq: number;
      hasMore: boolean;
      topic?: string;
      /** @example 1795420800000 */
      serverNow: number;
    };
    SummaryAnswer: {
      summary: components["schemas"]["LiveSessionSummary"];
      /** @example 1795420800000 */
      serverNow: number;
    };
    PersonBody: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
    };
    InviteAnswer: {
      results: {
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        recipientId: string;
        /** @enum {string} */
        outcome: "invited" | "already_invited" | "already_in_session" | "not_invitable";
        invitation?: components["schemas"]["LiveSessionInvitation"];
      }[];
      /** @example 1795420800000 */
      serverNow: number;
    };
    LiveSessionInvitation: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      sessionName?: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      hostId: string;
      hostDisplayName: string;
      hostAvatarUrl?: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      recipientId: string;
      /** @enum {string} */
      mode: "shared" | "guided";
      /** @enum {string} */
      status: "pending" | "accepted" | "declined" | "expired" | "revoked";
      /** @example 1795420800000 */
      createdAt: number;
      /** @example 1795420800000 */
      expiresAt: number;
    };
    InviteBody: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      recipientIds: string[];
      /** @default 1440 */
      expiresInMinutes?: number;
    };
    InvitationPage: {
      items: components["schemas"]["LiveSessionInvitation"][];
      nextCursor: string | null;
      /** @example 1795420800000 */
      serverNow: number;
    };
    LinkAnswer: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      code: string;
      /** @example 1795420800000 */
      expiresAt: number;
      maxUses: number;
      /** @example 1795420800000 */
      serverNow: number;
    };
    CreateLinkBody: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      sessionId: string;
      /** @default 1 */
      maxUses?: number;
      /** @default 1440 */
      expiresInMinutes?: number;
    };
    RedeemBody: {
      code: string;
    };
    AcceptAnswer: components["schemas"]["ParticipantAnswer"] & {
      invitation: components["schemas"]["LiveSessionInvitation"];
    };
    DeclineAnswer: {
      invitation: components["schemas"]["LiveSessionInvitation"];
      /** @example 1795420800000 */
      serverNow: number;
    };
    ChooseExerciseBody: {
      exerciseId: string;
      exerciseName?: string;
      /** @description The session's `version` that the leader sees */
      expectedVersion: number;
    };
    VersionBody: {
      /** @description The session's `version` that the leader sees */
      expectedVersion: number;
    };
    PlanBody: {
      plannedExercises: components["schemas"]["PlannedExerciseInput"][];
      /** @description The session's `version` that the leader sees */
      expectedVersion: number;
    };
    ReadyAnswer: components["schemas"]["ParticipantAnswer"] & {
      ready: string[];
      waitingFor: string[];
    };
    ReadyBody: {
      isReady: boolean;
    };
    ReadyCheckAnswer: components["schemas"]["SessionAnswer"] & {
      ready: string[];
      waitingFor: string[];
      readyCheck?: {
        /** @enum {string} */
        policy: "all" | "quorum" | "leader_only";
        quorum?: number;
        /** @example 1795420800000 */
        deadline: number;
      };
    };
    ReadyCheckBody: {
      deadlineSeconds: number;
      /** @enum {string} */
      policy: "all" | "leader_only";
    } | {
      deadlineSeconds: number;
      /** @enum {string} */
      policy: "quorum";
      quorum: number;
    };
    RestBody: {
      seconds: number;
    };
    WorkoutPresence: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      userId: string;
      displayName: string;
      avatarUrl?: string;
      isInLiveSession: boolean;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      liveSessionId?: string;
      currentExerciseId?: string;
      currentExerciseName?: string;
      /** @example 1795420800000 */
      workoutStartedAt: number;
      /** @example 1795420800000 */
      lastSetCompletedAt?: number;
      /** @enum {string} */
      status: "idle" | "resting" | "working_out" | "finished";
    };
    PresenceSettings: {
      visible: boolean;
      hiddenFrom: string[];
    };
    QuickReaction: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      fromUserId: string;
      fromDisplayName: string;
      fromAvatarUrl?: string;
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      toUserId: string;
      /** @enum {string} */
      emote: "like" | "fire" | "skull" | "crown" | "bolt" | "clap";
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      setId?: string;
      /** @example 1795420800000 */
      createdAt: number;
    };
    LiveTopics: {
      user: string;
      presence: {
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        userId: string;
        topic: string;
      }[];
    };
    QueuedSet: {
      /**
       * Format: uuid
       * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
       */
      id: string;
      exerciseId: string;
      exerciseName: string;
      /** @enum {string} */
      setType?: "warmup" | "working";
      weightKg: number;
      reps: number;
      /** @example 1795420800000 */
      timestampMs: number;
      intensityScore?: number;
    };
    LoggedSets: {
      results: ({
        /**
         * Format: uuid
         * @example 0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b
         */
        id: string;
        outcome: string;
        detail?: string;
        retryAfterSeconds?: number;
      } & {
        [key: string]: unknown;
      })[];
      /** @example 1795420800000 */
      serverNow: number;
    };
  };
  responses: {
    /** @description `invalid_request` */
    invalid_request: {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 400;
          /** @enum {unknown} */
          code?: "invalid_request";
        };
      };
    };
    /** @description `unauthenticated` */
    unauthenticated: {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        "www-authenticate": components["headers"]["WwwAuthenticate"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 401;
          /** @enum {unknown} */
          code?: "unauthenticated";
        };
      };
    };
    /** @description `permission_denied` */
    permission_denied: {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 403;
          /** @enum {unknown} */
          code?: "permission_denied";
        };
      };
    };
    /** @description `already_in_session` */
    already_in_session: {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 409;
          /** @enum {unknown} */
          code?: "already_in_session";
        };
      };
    };
    /** @description `payload_too_large` */
    payload_too_large: {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 413;
          /** @enum {unknown} */
          code?: "payload_too_large";
        };
      };
    };
    /** @description `unsupported_media_type` */
    unsupported_media_type: {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 415;
          /** @enum {unknown} */
          code?: "unsupported_media_type";
        };
      };
    };
    /** @description `rate_limited` */
    rate_limited: {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        "retry-after": components["headers"]["RetryAfter"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 429;
          /** @enum {unknown} */
          code?: "rate_limited";
        };
      };
    };
    /** @description `internal_error` */
    internal_error: {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 500;
          /** @enum {unknown} */
          code?: "internal_error";
        };
      };
    };
    /** @description `session_not_found` */
    session_not_found: {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 404;
          /** @enum {unknown} */
          code?: "session_not_found";
        };
      };
    };
    /** @description `permission_denied`, `not_host` */
    "permission_denied.not_host": {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 403;
          /** @enum {unknown} */
          code?: "permission_denied" | "not_host";
        };
      };
    };
    /** @description `session_ended` */
    session_ended: {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 409;
          /** @enum {unknown} */
          code?: "session_ended";
        };
      };
    };
    /** @description `session_ended`, `session_full`, `already_in_session` */
    "session_ended.session_full.already_in_session": {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 409;
          /** @enum {unknown} */
          code?: "session_ended" | "session_full" | "already_in_session";
        };
      };
    };
    /** @description `permission_denied`, `not_participant` */
    "permission_denied.not_participant": {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 403;
          /** @enum {unknown} */
          code?: "permission_denied" | "not_participant";
        };
      };
    };
    /** @description `session_not_found`, `user_not_found` */
    "session_not_found.user_not_found": {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 404;
          /** @enum {unknown} */
          code?: "session_not_found" | "user_not_found";
        };
      };
    };
    /** @description `invitation_not_found` */
    invitation_not_found: {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 404;
          /** @enum {unknown} */
          code?: "invitation_not_found";
        };
      };
    };
    /** @description `invitation_expired` */
    invitation_expired: {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 410;
          /** @enum {unknown} */
          code?: "invitation_expired";
        };
      };
    };
    /** @description `invitation_not_found`, `session_not_found` */
    "invitation_not_found.session_not_found": {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 404;
          /** @enum {unknown} */
          code?: "invitation_not_found" | "session_not_found";
        };
      };
    };
    /** @description `permission_denied`, `not_participant`, `not_leader` */
    "permission_denied.not_participant.not_leader": {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 403;
          /** @enum {unknown} */
          code?: "permission_denied" | "not_participant" | "not_leader";
        };
      };
    };
    /** @description `session_ended`, `invalid_mode`, `session_not_started`, `version_conflict` */
    "session_ended.invalid_mode.session_not_started.version_conflict": {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 409;
          /** @enum {unknown} */
          code?: "session_ended" | "invalid_mode" | "session_not_started" | "version_conflict";
        };
      };
    };
    /** @description `invalid_exercise` */
    invalid_exercise: {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 422;
          /** @enum {unknown} */
          code?: "invalid_exercise";
        };
      };
    };
    /** @description `session_ended`, `invalid_mode`, `session_not_started` */
    "session_ended.invalid_mode.session_not_started": {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 409;
          /** @enum {unknown} */
          code?: "session_ended" | "invalid_mode" | "session_not_started";
        };
      };
    };
    /** @description `permission_denied`, `not_participant`, `not_leader`, `not_host` */
    "permission_denied.not_participant.not_leader.not_host": {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 403;
          /** @enum {unknown} */
          code?: "permission_denied" | "not_participant" | "not_leader" | "not_host";
        };
      };
    };
    /** @description `session_ended`, `session_not_started` */
    "session_ended.session_not_started": {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 409;
          /** @enum {unknown} */
          code?: "session_ended" | "session_not_started";
        };
      };
    };
    /** @description `session_ended`, `invalid_mode` */
    "session_ended.invalid_mode": {
      headers: {
        "x-request-id": components["headers"]["RequestId"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @constant */
          status?: 409;
          /** @enum {unknown} */
          code?: "session_ended" | "invalid_mode";
        };
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: {
    /** @description Identifies the request, in the log as well. */
    RequestId: string;
    /** @description How long to wait, in seconds. */
    RetryAfter: number;
    /** @description What kind of credential is wanted, and what was wrong with the one given. */
    WwwAuthenticate: string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  browseSessions: {
    parameters: {
      query?: {
        scope?: "mine" | "friends" | "public";
        status?: "pending" | "active" | "ended";
        mode?: "shared" | "guided";
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of sessions. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *           "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *           "mode": "guided",
           *           "status": "active",
           *           "name": "Leg day",
           *           "theme": "strength",
           *           "visibility": "friends",
           *           "maxParticipants": 10,
           *           "participantCount": 2,
           *           "totalSetsCompleted": 3,
           *           "createdAt": 1795420740000,
           *           "startedAt": 1795420770000,
           *           "pausedAt": 1795420799000,
           *           "restEndsAt": 1795420830000,
           *           "currentExerciseId": "squat",
           *           "plannedExercises": [
           *             {
           *               "exerciseId": "squat",
           *               "targetSets": 5,
           *               "targetRepsMin": 3,
           *               "targetRepsMax": 5
           *             },
           *             {
           *               "exerciseId": "lunge",
           *               "targetSets": 3
           *             }
           *           ],
           *           "version": 4,
           *           "lastEventSeq": 9
           *         }
           *       ],
           *       "nextCursor": null,
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionPage"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied"];
      500: components["responses"]["internal_error"];
    };
  };
  openSession: {
    parameters: {
      query?: never;
      header?: {
        /** @description Makes a retry safe: the same key and body by the same person gives, for a day, the answer of the first time and creates nothing again. The same key with another body is refused with `invalid_request`. */
        "idempotency-key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "mode": "guided",
         *       "name": "Leg day",
         *       "theme": "strength",
         *       "visibility": "friends",
         *       "maxParticipants": 10,
         *       "plannedExercises": [
         *         {
         *           "exerciseId": "squat",
         *           "targetSets": 5,
         *           "targetRepsMin": 3,
         *           "targetRepsMax": 5
         *         },
         *         {
         *           "exerciseId": "lunge",
         *           "targetSets": 3
         *         }
         *       ],
         *       "inviteeIds": [
         *         "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03"
         *       ]
         *     }
         */
        "application/json": components["schemas"]["OpenSessionBody"];
      };
    };
    responses: {
      /** @description The session is open. */
      201: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          /**
           * @description Where it is read
           * @example /functions/v1/sessions/7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01
           */
          location: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "participant": {
           *         "userId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "displayName": "Alice",
           *         "status": "working_out",
           *         "joinedAt": 1795420740000,
           *         "lastActiveAt": 1795420800000,
           *         "setsCompleted": 3,
           *         "totalVolumeKg": 1237.5,
           *         "prCount": 1,
           *         "isLeader": true,
           *         "readyForNext": false
           *       },
           *       "serverNow": 1795420800000,
           *       "invitations": [
           *         {
           *           "recipientId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03",
           *           "outcome": "invited"
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["OpenSessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied"];
      409: components["responses"]["already_in_session"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      429: components["responses"]["rate_limited"];
      500: components["responses"]["internal_error"];
    };
  };
  readSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "participants": [
           *         {
           *           "userId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *           "displayName": "Alice",
           *           "status": "working_out",
           *           "joinedAt": 1795420740000,
           *           "lastActiveAt": 1795420800000,
           *           "setsCompleted": 3,
           *           "totalVolumeKg": 1237.5,
           *           "prCount": 1,
           *           "isLeader": true,
           *           "readyForNext": false
           *         }
           *       ],
           *       "recentEvents": [
           *         {
           *           "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a04",
           *           "seq": 9,
           *           "sessionId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *           "userId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *           "type": "set_completed",
           *           "timestamp": 1795420800000,
           *           "data": {
           *             "setId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a05",
           *             "exerciseId": "squat",
           *             "exerciseName": "Squat",
           *             "setType": "working",
           *             "weightKg": 102.5,
           *             "reps": 5,
           *             "e1rmKg": 119.58,
           *             "isPR": true
           *           }
           *         }
           *       ],
           *       "lastSeq": 9,
           *       "topic": "live_session:7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionSnapshot"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied"];
      404: components["responses"]["session_not_found"];
      500: components["responses"]["internal_error"];
    };
  };
  updateSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Leg day",
         *       "theme": null
         *     }
         */
        "application/json": components["schemas"]["UpdateSessionBody"];
      };
    };
    responses: {
      /** @description The session with its new settings. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_host"];
      404: components["responses"]["session_not_found"];
      409: components["responses"]["session_ended"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  joinSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The caller is in the session. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "participant": {
           *         "userId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "displayName": "Alice",
           *         "status": "working_out",
           *         "joinedAt": 1795420740000,
           *         "lastActiveAt": 1795420800000,
           *         "setsCompleted": 3,
           *         "totalVolumeKg": 1237.5,
           *         "prCount": 1,
           *         "isLeader": true,
           *         "readyForNext": false
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["ParticipantAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied"];
      404: components["responses"]["session_not_found"];
      409: components["responses"]["session_ended.session_full.already_in_session"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  leaveSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The caller has left. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "participant": {
           *         "userId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "displayName": "Alice",
           *         "status": "working_out",
           *         "joinedAt": 1795420740000,
           *         "lastActiveAt": 1795420800000,
           *         "setsCompleted": 3,
           *         "totalVolumeKg": 1237.5,
           *         "prCount": 1,
           *         "isLeader": true,
           *         "readyForNext": false
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["ParticipantAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant"];
      404: components["responses"]["session_not_found"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  startSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session is active. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_host"];
      404: components["responses"]["session_not_found"];
      409: components["responses"]["session_ended"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  endSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session has ended. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000,
           *       "summary": {
           *         "session": {
           *           "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *           "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *           "mode": "guided",
           *           "status": "active",
           *           "name": "Leg day",
           *           "theme": "strength",
           *           "visibility": "friends",
           *           "maxParticipants": 10,
           *           "participantCount": 2,
           *           "totalSetsCompleted": 3,
           *           "createdAt": 1795420740000,
           *           "startedAt": 1795420770000,
           *           "pausedAt": 1795420799000,
           *           "restEndsAt": 1795420830000,
           *           "currentExerciseId": "squat",
           *           "plannedExercises": [
           *             {
           *               "exerciseId": "squat",
           *               "targetSets": 5,
           *               "targetRepsMin": 3,
           *               "targetRepsMax": 5
           *             },
           *             {
           *               "exerciseId": "lunge",
           *               "targetSets": 3
           *             }
           *           ],
           *           "version": 4,
           *           "lastEventSeq": 9
           *         },
           *         "participantCount": 2,
           *         "totalSets": 3,
           *         "totalVolumeKg": 1237.5,
           *         "durationMs": 30000,
           *         "activeMs": 29000,
           *         "participants": [
           *           {
           *             "userId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *             "displayName": "Alice",
           *             "status": "working_out",
           *             "joinedAt": 1795420740000,
           *             "lastActiveAt": 1795420800000,
           *             "setsCompleted": 3,
           *             "totalVolumeKg": 1237.5,
           *             "prCount": 1,
           *             "isLeader": true,
           *             "readyForNext": false
           *           }
           *         ]
           *       }
           *     }
           */
          "application/json": components["schemas"]["EndSessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_host"];
      404: components["responses"]["session_not_found"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  readEvents: {
    parameters: {
      query?: {
        after?: number;
        limit?: number;
      };
      header?: never;
      path: {
        /** @description Id of the session */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The events. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "events": [
           *         {
           *           "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a04",
           *           "seq": 9,
           *           "sessionId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *           "userId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *           "type": "set_completed",
           *           "timestamp": 1795420800000,
           *           "data": {
           *             "setId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a05",
           *             "exerciseId": "squat",
           *             "exerciseName": "Squat",
           *             "setType": "working",
           *             "weightKg": 102.5,
           *             "reps": 5,
           *             "e1rmKg": 119.58,
           *             "isPR": true
           *           }
           *         }
           *       ],
           *       "lastSeq": 9,
           *       "hasMore": false,
           *       "topic": "live_session:7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["EventPage"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant"];
      404: components["responses"]["session_not_found"];
      500: components["responses"]["internal_error"];
    };
  };
  readSummary: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The recap. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "summary": {
           *         "session": {
           *           "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *           "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *           "mode": "guided",
           *           "status": "active",
           *           "name": "Leg day",
           *           "theme": "strength",
           *           "visibility": "friends",
           *           "maxParticipants": 10,
           *           "participantCount": 2,
           *           "totalSetsCompleted": 3,
           *           "createdAt": 1795420740000,
           *           "startedAt": 1795420770000,
           *           "pausedAt": 1795420799000,
           *           "restEndsAt": 1795420830000,
           *           "currentExerciseId": "squat",
           *           "plannedExercises": [
           *             {
           *               "exerciseId": "squat",
           *               "targetSets": 5,
           *               "targetRepsMin": 3,
           *               "targetRepsMax": 5
           *             },
           *             {
           *               "exerciseId": "lunge",
           *               "targetSets": 3
           *             }
           *           ],
           *           "version": 4,
           *           "lastEventSeq": 9
           *         },
           *         "participantCount": 2,
           *         "totalSets": 3,
           *         "totalVolumeKg": 1237.5,
           *         "durationMs": 30000,
           *         "activeMs": 29000,
           *         "participants": [
           *           {
           *             "userId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *             "displayName": "Alice",
           *             "status": "working_out",
           *             "joinedAt": 1795420740000,
           *             "lastActiveAt": 1795420800000,
           *             "setsCompleted": 3,
           *             "totalVolumeKg": 1237.5,
           *             "prCount": 1,
           *             "isLeader": true,
           *             "readyForNext": false
           *           }
           *         ]
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SummaryAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant"];
      404: components["responses"]["session_not_found"];
      500: components["responses"]["internal_error"];
    };
  };
  transferHost: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "userId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03"
         *     }
         */
        "application/json": components["schemas"]["PersonBody"];
      };
    };
    responses: {
      /** @description The session with its new host. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_host"];
      404: components["responses"]["session_not_found.user_not_found"];
      409: components["responses"]["session_ended"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  removeParticipant: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        id: string;
        /** @description Whom to remove */
        userId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description They are out. */
      204: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_host"];
      404: components["responses"]["session_not_found.user_not_found"];
      409: components["responses"]["session_ended"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  sessionsOpenApi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An OpenAPI 3.1 document. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "openapi": "3.1.0"
           *     }
           */
          "application/json": Record<string, never>;
        };
      };
    };
  };
  sessionsHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It runs. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ok",
           *       "function": "sessions",
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["Health"];
        };
      };
      400: components["responses"]["invalid_request"];
    };
  };
  browseInvitations: {
    parameters: {
      query?: {
        box?: "received" | "sent";
        status?: "pending" | "accepted" | "declined" | "expired" | "revoked";
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of invitations. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a06",
           *           "sessionId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *           "sessionName": "Leg day",
           *           "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *           "hostDisplayName": "Alice",
           *           "hostAvatarUrl": "https://example.com/alice.png",
           *           "recipientId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03",
           *           "mode": "guided",
           *           "status": "pending",
           *           "createdAt": 1795420800000,
           *           "expiresAt": 1795507200000
           *         }
           *       ],
           *       "nextCursor": null,
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["InvitationPage"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied"];
      500: components["responses"]["internal_error"];
    };
  };
  inviteFriends: {
    parameters: {
      query?: never;
      header?: {
        /** @description Makes a retry safe: the same key and body by the same person gives, for a day, the answer of the first time and creates nothing again. The same key with another body is refused with `invalid_request`. */
        "idempotency-key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "sessionId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
         *       "recipientIds": [
         *         "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03"
         *       ],
         *       "expiresInMinutes": 60
         *     }
         */
        "application/json": components["schemas"]["InviteBody"];
      };
    };
    responses: {
      /** @description What came of it. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "results": [
           *         {
           *           "recipientId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03",
           *           "outcome": "invited",
           *           "invitation": {
           *             "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a06",
           *             "sessionId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *             "sessionName": "Leg day",
           *             "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *             "hostDisplayName": "Alice",
           *             "hostAvatarUrl": "https://example.com/alice.png",
           *             "recipientId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03",
           *             "mode": "guided",
           *             "status": "pending",
           *             "createdAt": 1795420800000,
           *             "expiresAt": 1795507200000
           *           }
           *         }
           *       ],
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["InviteAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_host"];
      404: components["responses"]["session_not_found"];
      409: components["responses"]["session_ended"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      429: components["responses"]["rate_limited"];
      500: components["responses"]["internal_error"];
    };
  };
  createInvitationLink: {
    parameters: {
      query?: never;
      header?: {
        /** @description Makes a retry safe: the same key and body by the same person gives, for a day, the answer of the first time and creates nothing again. The same key with another body is refused with `invalid_request`. */
        "idempotency-key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "sessionId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
         *       "maxUses": 5
         *     }
         */
        "application/json": components["schemas"]["CreateLinkBody"];
      };
    };
    responses: {
      /** @description The code. */
      201: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a07",
           *       "code": "K7QNM-3XWPA-HT92D",
           *       "expiresAt": 1795507200000,
           *       "maxUses": 5,
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["LinkAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_host"];
      404: components["responses"]["session_not_found"];
      409: components["responses"]["session_ended"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      429: components["responses"]["rate_limited"];
      500: components["responses"]["internal_error"];
    };
  };
  redeemInvitationLink: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "code": "K7QNM-3XWPA-HT92D"
         *     }
         */
        "application/json": components["schemas"]["RedeemBody"];
      };
    };
    responses: {
      /** @description The caller is in the session. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "participant": {
           *         "userId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "displayName": "Alice",
           *         "status": "working_out",
           *         "joinedAt": 1795420740000,
           *         "lastActiveAt": 1795420800000,
           *         "setsCompleted": 3,
           *         "totalVolumeKg": 1237.5,
           *         "prCount": 1,
           *         "isLeader": true,
           *         "readyForNext": false
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["ParticipantAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied"];
      404: components["responses"]["invitation_not_found"];
      409: components["responses"]["session_ended.session_full.already_in_session"];
      410: components["responses"]["invitation_expired"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      429: components["responses"]["rate_limited"];
      500: components["responses"]["internal_error"];
    };
  };
  revokeInvitationLink: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the link */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It opens nothing any more. */
      204: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied"];
      404: components["responses"]["invitation_not_found"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  acceptInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the invitation */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The caller is in the session. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "participant": {
           *         "userId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "displayName": "Alice",
           *         "status": "working_out",
           *         "joinedAt": 1795420740000,
           *         "lastActiveAt": 1795420800000,
           *         "setsCompleted": 3,
           *         "totalVolumeKg": 1237.5,
           *         "prCount": 1,
           *         "isLeader": true,
           *         "readyForNext": false
           *       },
           *       "serverNow": 1795420800000,
           *       "invitation": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a06",
           *         "sessionId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "sessionName": "Leg day",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "hostDisplayName": "Alice",
           *         "hostAvatarUrl": "https://example.com/alice.png",
           *         "recipientId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03",
           *         "mode": "guided",
           *         "status": "accepted",
           *         "createdAt": 1795420800000,
           *         "expiresAt": 1795507200000
           *       }
           *     }
           */
          "application/json": components["schemas"]["AcceptAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied"];
      404: components["responses"]["invitation_not_found.session_not_found"];
      409: components["responses"]["session_ended.session_full.already_in_session"];
      410: components["responses"]["invitation_expired"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  declineInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the invitation */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The invitation is declined. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "invitation": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a06",
           *         "sessionId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "sessionName": "Leg day",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "hostDisplayName": "Alice",
           *         "hostAvatarUrl": "https://example.com/alice.png",
           *         "recipientId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03",
           *         "mode": "guided",
           *         "status": "declined",
           *         "createdAt": 1795420800000,
           *         "expiresAt": 1795507200000
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["DeclineAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied"];
      404: components["responses"]["invitation_not_found"];
      409: components["responses"]["already_in_session"];
      410: components["responses"]["invitation_expired"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  revokeInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the invitation */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It holds no longer. */
      204: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied"];
      404: components["responses"]["invitation_not_found"];
      409: components["responses"]["already_in_session"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  invitationsOpenApi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An OpenAPI 3.1 document. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "openapi": "3.1.0"
           *     }
           */
          "application/json": Record<string, never>;
        };
      };
    };
  };
  invitationsHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It runs. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ok",
           *       "function": "invitations",
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["Health"];
        };
      };
      400: components["responses"]["invalid_request"];
    };
  };
  chooseExercise: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "exerciseId": "squat",
         *       "exerciseName": "Squat",
         *       "expectedVersion": 4
         *     }
         */
        "application/json": components["schemas"]["ChooseExerciseBody"];
      };
    };
    responses: {
      /** @description The group does this exercise. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant.not_leader"];
      404: components["responses"]["session_not_found"];
      409:
        components["responses"]["session_ended.invalid_mode.session_not_started.version_conflict"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  nextExercise: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "expectedVersion": 4
         *     }
         */
        "application/json": components["schemas"]["VersionBody"];
      };
    };
    responses: {
      /** @description The group has moved on. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant.not_leader"];
      404: components["responses"]["session_not_found"];
      409:
        components["responses"]["session_ended.invalid_mode.session_not_started.version_conflict"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      422: components["responses"]["invalid_exercise"];
      500: components["responses"]["internal_error"];
    };
  };
  previousExercise: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "expectedVersion": 4
         *     }
         */
        "application/json": components["schemas"]["VersionBody"];
      };
    };
    responses: {
      /** @description The group has moved back. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant.not_leader"];
      404: components["responses"]["session_not_found"];
      409:
        components["responses"]["session_ended.invalid_mode.session_not_started.version_conflict"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      422: components["responses"]["invalid_exercise"];
      500: components["responses"]["internal_error"];
    };
  };
  changePlan: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "plannedExercises": [
         *         {
         *           "exerciseId": "squat",
         *           "targetSets": 5,
         *           "targetRepsMin": 3,
         *           "targetRepsMax": 5
         *         },
         *         {
         *           "exerciseId": "lunge",
         *           "targetSets": 3
         *         }
         *       ],
         *       "expectedVersion": 4
         *     }
         */
        "application/json": components["schemas"]["PlanBody"];
      };
    };
    responses: {
      /** @description The session with its new plan. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant.not_leader"];
      404: components["responses"]["session_not_found"];
      409:
        components["responses"]["session_ended.invalid_mode.session_not_started.version_conflict"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  reportReady: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "isReady": true
         *     }
         */
        "application/json": components["schemas"]["ReadyBody"];
      };
    };
    responses: {
      /** @description Who is ready now. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "participant": {
           *         "userId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "displayName": "Alice",
           *         "status": "working_out",
           *         "joinedAt": 1795420740000,
           *         "lastActiveAt": 1795420800000,
           *         "setsCompleted": 3,
           *         "totalVolumeKg": 1237.5,
           *         "prCount": 1,
           *         "isLeader": true,
           *         "readyForNext": false
           *       },
           *       "serverNow": 1795420800000,
           *       "ready": [
           *         "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02"
           *       ],
           *       "waitingFor": [
           *         "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03"
           *       ]
           *     }
           */
          "application/json": components["schemas"]["ReadyAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant"];
      404: components["responses"]["session_not_found"];
      409: components["responses"]["session_ended.invalid_mode.session_not_started"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  startReadyCheck: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "deadlineSeconds": 30,
         *       "policy": "quorum",
         *       "quorum": 2
         *     }
         */
        "application/json": components["schemas"]["ReadyCheckBody"];
      };
    };
    responses: {
      /** @description The check runs, unless its policy was met at once: then there is no `readyCheck`. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000,
           *       "ready": [
           *         "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02"
           *       ],
           *       "waitingFor": [
           *         "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03"
           *       ],
           *       "readyCheck": {
           *         "policy": "quorum",
           *         "quorum": 2,
           *         "deadline": 1795420830000
           *       }
           *     }
           */
          "application/json": components["schemas"]["ReadyCheckAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant.not_leader"];
      404: components["responses"]["session_not_found"];
      409: components["responses"]["session_ended.invalid_mode.session_not_started"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  startRest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "seconds": 90
         *     }
         */
        "application/json": components["schemas"]["RestBody"];
      };
    };
    responses: {
      /** @description The group rests. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant.not_leader"];
      404: components["responses"]["session_not_found"];
      409: components["responses"]["session_ended.invalid_mode.session_not_started"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  extendRest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "seconds": 30
         *     }
         */
        "application/json": components["schemas"]["RestBody"];
      };
    };
    responses: {
      /** @description The group rests longer. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant.not_leader"];
      404: components["responses"]["session_not_found"];
      409: components["responses"]["session_ended.invalid_mode.session_not_started"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  skipRest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Nobody rests. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant.not_leader"];
      404: components["responses"]["session_not_found"];
      409: components["responses"]["session_ended.invalid_mode.session_not_started"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  pauseSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session is paused. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant.not_leader.not_host"];
      404: components["responses"]["session_not_found"];
      409: components["responses"]["session_ended.session_not_started"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  resumeSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session goes on. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant.not_leader.not_host"];
      404: components["responses"]["session_not_found"];
      409: components["responses"]["session_ended.session_not_started"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  transferLead: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "userId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03"
         *     }
         */
        "application/json": components["schemas"]["PersonBody"];
      };
    };
    responses: {
      /** @description The session with its new leader. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "session": {
           *         "id": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
           *         "hostId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02",
           *         "mode": "guided",
           *         "status": "active",
           *         "name": "Leg day",
           *         "theme": "strength",
           *         "visibility": "friends",
           *         "maxParticipants": 10,
           *         "participantCount": 2,
           *         "totalSetsCompleted": 3,
           *         "createdAt": 1795420740000,
           *         "startedAt": 1795420770000,
           *         "pausedAt": 1795420799000,
           *         "restEndsAt": 1795420830000,
           *         "currentExerciseId": "squat",
           *         "plannedExercises": [
           *           {
           *             "exerciseId": "squat",
           *             "targetSets": 5,
           *             "targetRepsMin": 3,
           *             "targetRepsMax": 5
           *           },
           *           {
           *             "exerciseId": "lunge",
           *             "targetSets": 3
           *           }
           *         ],
           *         "version": 4,
           *         "lastEventSeq": 9
           *       },
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["SessionAnswer"];
        };
      };
      400: components["responses"]["invalid_request"];
      401: components["responses"]["unauthenticated"];
      403: components["responses"]["permission_denied.not_participant.not_leader"];
      404: components["responses"]["session_not_found.user_not_found"];
      409: components["responses"]["session_ended.invalid_mode"];
      413: components["responses"]["payload_too_large"];
      415: components["responses"]["unsupported_media_type"];
      500: components["responses"]["internal_error"];
    };
  };
  guidedOpenApi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An OpenAPI 3.1 document. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "openapi": "3.1.0"
           *     }
           */
          "application/json": Record<string, never>;
        };
      };
    };
  };
  guidedHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It runs. */
      200: {
        headers: {
          "x-request-id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ok",
           *       "function": "guided",
           *       "serverNow": 1795420800000
           *     }
           */
          "application/json": components["schemas"]["Health"];
        };
      };
      400: components["responses"]["invalid_request"];
    };
  };
}
