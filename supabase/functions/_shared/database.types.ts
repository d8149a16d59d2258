// Written by "npm run types" from the database. Not to be edited.

import type { JsonColumns } from "./json-columns.ts";

export type * from "./json-columns.ts";

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      friendships: {
        Row: {
          created_at: string;
          friend_id: string;
          id: string;
          status: Database["public"]["Enums"]["friendship_status"];
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          friend_id: string;
          id?: string;
          status?: Database["public"]["Enums"]["friendship_status"];
          updated_at?: string;
          user_id: string;
        };
        Update: {
          created_at?: string;
          friend_id?: string;
          id?: string;
          status?: Database["public"]["Enums"]["friendship_status"];
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "friendships_friend_id_fkey";
            columns: ["friend_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "friendships_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      live_session_events: {
        Row: {
          created_at: string;
          event_data: JsonColumns["live_session_events"]["event_data"];
          id: string;
          seq: number;
          session_id: string;
          type: Database["public"]["Enums"]["live_session_event_type"];
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at: string;
          event_data: JsonColumns["live_session_events"]["event_data"];
          id?: string;
          seq: number;
          session_id: string;
          type: Database["public"]["Enums"]["live_session_event_type"];
          user_id: string;
        };
        Update: {
          created_at?: string;
          event_data?: JsonColumns["live_session_events"]["event_data"];
          id?: string;
          seq?: number;
          session_id?: string;
          type?: Database["public"]["Enums"]["live_session_event_type"];
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "live_session_events_session_id_fkey";
            columns: ["session_id"];
            isOneToOne: false;
            referencedRelation: "live_sessions";
            referencedColumns: ["id"];
          },
        ];
      };
      live_session_invitations: {
        Row: {
          created_at: string;
          expires_at: string;
          host_id: string;
          id: string;
          recipient_id: string;
          session_id: string;
          status: Database["public"]["Enums"]["live_session_invitation_status"];
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          expires_at?: string;
          host_id: string;
          id?: string;
          recipient_id: string;
          session_id: string;
          status?: Database["public"]["Enums"]["live_session_invitation_status"];
        };
        Update: {
          created_at?: string;
          expires_at?: string;
          host_id?: string;
          id?: string;
          recipient_id?: string;
          session_id?: string;
          status?: Database["public"]["Enums"]["live_session_invitation_status"];
        };
        Relationships: [
          {
            foreignKeyName: "live_session_invitations_recipient_id_fkey";
            columns: ["recipient_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "live_session_invitations_session_id_fkey";
            columns: ["session_id"];
            isOneToOne: false;
            referencedRelation: "live_sessions";
            referencedColumns: ["id"];
          },
        ];
      };
      live_session_messages: {
        Row: {
          created_at: string;
          id: string;
          message: string;
          session_id: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          message: string;
          session_id: string;
          user_id?: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          message?: string;
          session_id?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "live_session_messages_participant_fkey";
            columns: ["session_id", "user_id"];
            isOneToOne: false;
            referencedRelation: "live_session_participants";
            referencedColumns: ["session_id", "user_id"];
          },
        ];
      };
      live_session_participants: {
        Row: {
          avatar_url: string | null;
          current_exercise_id: string | null;
          display_name: string;
          id: string;
          is_leader: boolean;
          joined_at: string;
          last_active_at: string;
          left_at: string | null;
          pr_count: number;
          ready_for_next: boolean;
          session_id: string;
          sets_completed: number;
          status: Database["public"]["Enums"]["live_session_participant_status"];
          total_volume_kg: number;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          avatar_url?: string | null;
          current_exercise_id?: string | null;
          display_name: string;
          id?: string;
          is_leader?: boolean;
          joined_at?: string;
          last_active_at?: string;
          left_at?: string | null;
          pr_count?: number;
          ready_for_next?: boolean;
          session_id: string;
          sets_completed?: number;
          status?: Database["public"]["Enums"]["live_session_participant_status"];
          total_volume_kg?: number;
          user_id: string;
        };
        Update: {
          avatar_url?: string | null;
          current_exercise_id?: string | null;
          display_name?: string;
          id?: string;
          is_leader?: boolean;
          joined_at?: string;
          last_active_at?: string;
          left_at?: string | null;
          pr_count?: number;
          ready_for_next?: boolean;
          session_id?: string;
          sets_completed?: number;
          status?: Database["public"]["Enums"]["live_session_participant_status"];
          total_volume_kg?: number;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "live_session_participants_session_id_fkey";
            columns: ["session_id"];
            isOneToOne: false;
            referencedRelation: "live_sessions";
            referencedColumns: ["id"];
          },
        ];
      };
      live_session_reactions: {
        Row: {
          created_at: string;
          emote: Database["public"]["Enums"]["live_session_emote"];
          from_user_id: string;
          id: string;
          session_id: string;
          target_set_id: string | null;
          to_user_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          emote: Database["public"]["Enums"]["live_session_emote"];
          from_user_id?: string;
          id?: string;
          session_id: string;
          target_set_id?: string | null;
          to_user_id: string;
        };
        Update: {
          created_at?: string;
          emote?: Database["public"]["Enums"]["live_session_emote"];
          from_user_id?: string;
          id?: string;
          session_id?: string;
          target_set_id?: string | null;
          to_user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "live_session_reactions_from_fkey";
            columns: ["session_id", "from_user_id"];
            isOneToOne: false;
            referencedRelation: "live_session_participants";
            referencedColumns: ["session_id", "user_id"];
          },
          {
            foreignKeyName: "live_session_reactions_target_set_id_fkey";
            columns: ["target_set_id"];
            isOneToOne: false;
            referencedRelation: "live_session_sets";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "live_session_reactions_to_fkey";
            columns: ["session_id", "to_user_id"];
            isOneToOne: false;
            referencedRelation: "live_session_participants";
            referencedColumns: ["session_id", "user_id"];
          },
        ];
      };
      live_session_ready_checks: {
        Row: {
          deadline: string;
          policy: string;
          quorum: number | null;
          session_id: string;
          started_at: string;
        };
        ComputedFields: never;
        Insert: {
          deadline: string;
          policy: string;
          quorum?: number | null;
          session_id: string;
          started_at?: string;
        };
        Update: {
          deadline?: string;
          policy?: string;
          quorum?: number | null;
          session_id?: string;
          started_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "live_session_ready_checks_session_id_fkey";
            columns: ["session_id"];
            isOneToOne: true;
            referencedRelation: "live_sessions";
            referencedColumns: ["id"];
          },
        ];
      };
      live_session_sets: {
        Row: {
          created_at: string;
          e1rm_kg: number | null;
          exercise_id: string;
          exercise_name: string;
          id: string;
          intensity_score: number | null;
          is_pr: boolean;
          reps: number;
          session_id: string;
          set_type: Database["public"]["Enums"]["live_session_set_type"];
          timestamp_ms: number;
          user_id: string;
          weight_kg: number;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          e1rm_kg?: number | null;
          exercise_id: string;
          exercise_name: string;
          id?: string;
          intensity_score?: number | null;
          is_pr?: boolean;
          reps: number;
          session_id: string;
          set_type?: Database["public"]["Enums"]["live_session_set_type"];
          timestamp_ms: number;
          user_id?: string;
          weight_kg: number;
        };
        Update: {
          created_at?: string;
          e1rm_kg?: number | null;
          exercise_id?: string;
          exercise_name?: string;
          id?: string;
          intensity_score?: number | null;
          is_pr?: boolean;
          reps?: number;
          session_id?: string;
          set_type?: Database["public"]["Enums"]["live_session_set_type"];
          timestamp_ms?: number;
          user_id?: string;
          weight_kg?: number;
        };
        Relationships: [
          {
            foreignKeyName: "live_session_sets_participant_fkey";
            columns: ["session_id", "user_id"];
            isOneToOne: false;
            referencedRelation: "live_session_participants";
            referencedColumns: ["session_id", "user_id"];
          },
        ];
      };
      live_sessions: {
        Row: {
          created_at: string;
          current_exercise_id: string | null;
          ended_at: string | null;
          history_dropped_at: string | null;
          host_id: string;
          id: string;
          last_event_seq: number;
          max_participants: number;
          mode: Database["public"]["Enums"]["live_session_mode"];
          name: string | null;
          participant_count: number;
          paused_at: string | null;
          plan_position: number | null;
          planned_exercises: JsonColumns["live_sessions"]["planned_exercises"];
          rest_ends_at: string | null;
          started_at: string | null;
          status: Database["public"]["Enums"]["live_session_status"];
          summary: JsonColumns["live_sessions"]["summary"] | null;
          theme: string | null;
          total_sets_completed: number;
          version: number;
          visibility: Database["public"]["Enums"]["live_session_visibility"];
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          current_exercise_id?: string | null;
          ended_at?: string | null;
          history_dropped_at?: string | null;
          host_id: string;
          id?: string;
          last_event_seq?: number;
          max_participants?: number;
          mode: Database["public"]["Enums"]["live_session_mode"];
          name?: string | null;
          participant_count?: number;
          paused_at?: string | null;
          plan_position?: number | null;
          planned_exercises?: JsonColumns["live_sessions"]["planned_exercises"];
          rest_ends_at?: string | null;
          started_at?: string | null;
          status?: Database["public"]["Enums"]["live_session_status"];
          summary?: JsonColumns["live_sessions"]["summary"] | null;
          theme?: string | null;
          total_sets_completed?: number;
          version?: number;
          visibility?: Database["public"]["Enums"]["live_session_visibility"];
        };
        Update: {
          created_at?: string;
          current_exercise_id?: string | null;
          ended_at?: string | null;
          history_dropped_at?: string | null;
          host_id?: string;
          id?: string;
          last_event_seq?: number;
          max_participants?: number;
          mode?: Database["public"]["Enums"]["live_session_mode"];
          name?: string | null;
          participant_count?: number;
          paused_at?: string | null;
          plan_position?: number | null;
          planned_exercises?: JsonColumns["live_sessions"]["planned_exercises"];
          rest_ends_at?: string | null;
          started_at?: string | null;
          status?: Database["public"]["Enums"]["live_session_status"];
          summary?: JsonColumns["live_sessions"]["summary"] | null;
          theme?: string | null;
          total_sets_completed?: number;
          version?: number;
          visibility?: Database["public"]["Enums"]["live_session_visibility"];
        };
        Relationships: [];
      };
      quick_reactions: {
        Row: {
          created_at: string;
          emote: Database["public"]["Enums"]["live_session_emote"];
          from_user_id: string;
          id: string;
          set_id: string | null;
          to_user_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          emote: Database["public"]["Enums"]["live_session_emote"];
          from_user_id?: string;
          id?: string;
          set_id?: string | null;
          to_user_id: string;
        };
        Update: {
          created_at?: string;
          emote?: Database["public"]["Enums"]["live_session_emote"];
          from_user_id?: string;
          id?: string;
          set_id?: string | null;
          to_user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "quick_reactions_from_user_id_fkey";
            columns: ["from_user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "quick_reactions_set_id_fkey";
            columns: ["set_id"];
            isOneToOne: false;
            referencedRelation: "live_session_sets";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "quick_reactions_to_user_id_fkey";
            columns: ["to_user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      users: {
        Row: {
          avatar_url: string | null;
          created_at: string;
          display_name: string;
          email: string | null;
          id: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          avatar_url?: string | null;
          created_at?: string;
          display_name: string;
          email?: string | null;
          id: string;
          updated_at?: string;
        };
        Update: {
          avatar_url?: string | null;
          created_at?: string;
          display_name?: string;
          email?: string | null;
          id?: string;
          updated_at?: string;
        };
        Relationships: [];
      };
      workout_presence: {
        Row: {
          current_exercise_id: string | null;
          current_exercise_name: string | null;
          id: string;
          is_in_live_session: boolean;
          last_set_completed_at: string | null;
          last_updated_at: string;
          live_session_id: string | null;
          status: Database["public"]["Enums"]["live_session_participant_status"];
          user_id: string;
          workout_started_at: string;
        };
        ComputedFields: never;
        Insert: {
          current_exercise_id?: string | null;
          current_exercise_name?: string | null;
          id?: string;
          is_in_live_session?: boolean;
          last_set_completed_at?: string | null;
          last_updated_at?: string;
          live_session_id?: string | null;
          status?: Database["public"]["Enums"]["live_session_participant_status"];
          user_id: string;
          workout_started_at?: string;
        };
        Update: {
          current_exercise_id?: string | null;
          current_exercise_name?: string | null;
          id?: string;
          is_in_live_session?: boolean;
          last_set_completed_at?: string | null;
          last_updated_at?: string;
          live_session_id?: string | null;
          status?: Database["public"]["Enums"]["live_session_participant_status"];
          user_id?: string;
          workout_started_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "workout_presence_live_session_id_fkey";
            columns: ["live_session_id"];
            isOneToOne: false;
            referencedRelation: "live_sessions";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "workout_presence_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: true;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      workouts: {
        Row: {
          completion_pct: number | null;
          created_at: string;
          ended_at: number;
          id: string;
          plan_id: string | null;
          routine_id: string | null;
          routine_name: string | null;
          sets: JsonColumns["workouts"]["sets"];
          started_at: number;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          completion_pct?: number | null;
          created_at?: string;
          ended_at: number;
          id?: string;
          plan_id?: string | null;
          routine_id?: string | null;
          routine_name?: string | null;
          sets?: JsonColumns["workouts"]["sets"];
          started_at: number;
          user_id: string;
        };
        Update: {
          completion_pct?: number | null;
          created_at?: string;
          ended_at?: number;
          id?: string;
          plan_id?: string | null;
          routine_id?: string | null;
          routine_name?: string | null;
          sets?: JsonColumns["workouts"]["sets"];
          started_at?: number;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "workouts_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
    };
    Views: {
      [_ in never]: never;
    };
    Functions: {
      accept_live_session_invitation: { Args: { invitation_id_param: string }; Returns: Json };
      browse_live_session_invitations: {
        Args: {
          box_param?: string;
          cursor_param?: string;
          limit_param?: number;
          status_param?: Database["public"]["Enums"]["live_session_invitation_status"];
        };
        Returns: Json;
      };
      browse_live_sessions: {
        Args: {
          cursor_param?: string;
          limit_param?: number;
          mode_param?: Database["public"]["Enums"]["live_session_mode"];
          scope_param?: string;
          status_param?: Database["public"]["Enums"]["live_session_status"];
        };
        Returns: Json;
      };
      change_live_session_plan: {
        Args: {
          expected_version_param: number;
          planned_exercises_param: Json;
          session_id_param: string;
        };
        Returns: Json;
      };
      choose_live_session_exercise: {
        Args: {
          exercise_id_param: string;
          exercise_name_param?: string;
          expected_version_param: number;
          session_id_param: string;
        };
        Returns: Json;
      };
      create_live_session: {
        Args: {
          host_id_param: string;
          mode_param: Database["public"]["Enums"]["live_session_mode"];
          name_param?: string;
          planned_exercises_param?: Json;
          theme_param?: string;
        };
        Returns: Database["public"]["Tables"]["live_sessions"]["Row"];
        SetofOptions: {
          from: "*";
          to: "live_sessions";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      create_live_session_invitation_link: {
        Args: {
          expires_in_minutes_param?: number;
          max_uses_param?: number;
          session_id_param: string;
        };
        Returns: Json;
      };
      decline_live_session_invitation: { Args: { invitation_id_param: string }; Returns: Json };
      end_live_session: { Args: { session_id_param: string }; Returns: Json };
      export_my_data: { Args: Record<PropertyKey, never>; Returns: Json };
      extend_live_session_rest: {
        Args: { seconds_param: number; session_id_param: string };
        Returns: Json;
      };
      friends_presence: { Args: Record<PropertyKey, never>; Returns: Json };
      get_live_session_events: {
        Args: { after_param?: number; limit_param?: number; session_id_param: string };
        Returns: Json;
      };
      get_live_session_snapshot: { Args: { session_id_param: string }; Returns: Json };
      get_live_session_summary: { Args: { session_id_param: string }; Returns: Json };
      get_participant_summary: {
        Args: { session_id_param: string; user_id_param: string };
        Returns: Json;
      };
      get_presence_settings: { Args: Record<PropertyKey, never>; Returns: Json };
      heartbeat_presence: {
        Args: {
          exercise_id?: string;
          exercise_name?: string;
          status?: Database["public"]["Enums"]["live_session_participant_status"];
        };
        Returns: Json;
      };
      hide_presence_from: { Args: { user_id: string }; Returns: Json };
      invite_to_live_session: {
        Args: {
          expires_in_minutes_param?: number;
          recipient_ids_param: (string)[];
          session_id_param: string;
        };
        Returns: Json;
      };
      join_live_session: { Args: { session_id_param: string }; Returns: Json };
      leave_live_session: { Args: { session_id_param: string }; Returns: Json };
      live_topics: { Args: Record<PropertyKey, never>; Returns: Json };
      log_live_sets: { Args: { session_id: string; sets: Json }; Returns: Json };
      next_live_session_exercise: {
        Args: { expected_version_param: number; session_id_param: string };
        Returns: Json;
      };
      open_live_session: {
        Args: {
          invitee_ids_param?: (string)[];
          max_participants_param?: number;
          mode_param: Database["public"]["Enums"]["live_session_mode"];
          name_param?: string;
          planned_exercises_param?: Json;
          theme_param?: string;
          visibility_param?: Database["public"]["Enums"]["live_session_visibility"];
        };
        Returns: Json;
      };
      pause_live_session: { Args: { session_id_param: string }; Returns: Json };
      previous_live_session_exercise: {
        Args: { expected_version_param: number; session_id_param: string };
        Returns: Json;
      };
      redeem_live_session_invitation_link: { Args: { code_param: string }; Returns: Json };
      remove_live_session_participant: {
        Args: { session_id_param: string; user_id_param: string };
        Returns: undefined;
      };
      report_live_session_ready: {
        Args: { is_ready_param: boolean; session_id_param: string };
        Returns: Json;
      };
      resume_live_session: { Args: { session_id_param: string }; Returns: Json };
      revoke_live_session_invitation: {
        Args: { invitation_id_param: string };
        Returns: undefined;
      };
      revoke_live_session_invitation_link: {
        Args: { link_id_param: string };
        Returns: undefined;
      };
      set_presence_visibility: { Args: { visible: boolean }; Returns: Json };
      show_presence_to: { Args: { user_id: string }; Returns: Json };
      skip_live_session_rest: { Args: { session_id_param: string }; Returns: Json };
      start_live_session: { Args: { session_id_param: string }; Returns: Json };
      start_live_session_ready_check: {
        Args: {
          deadline_seconds_param: number;
          policy_param: string;
          quorum_param?: number;
          session_id_param: string;
        };
        Returns: Json;
      };
      start_live_session_rest: {
        Args: { seconds_param: number; session_id_param: string };
        Returns: Json;
      };
      transfer_live_session_host: {
        Args: { session_id_param: string; user_id_param: string };
        Returns: Json;
      };
      transfer_live_session_lead: {
        Args: { session_id_param: string; user_id_param: string };
        Returns: Json;
      };
      update_live_session: {
        Args: { changes_param: Json; session_id_param: string };
        Returns: Json;
      };
    };
    Enums: {
      friendship_status: "none" | "requested" | "pending" | "friends" | "blocked";
      live_session_emote: "like" | "fire" | "skull" | "crown" | "bolt" | "clap";
      live_session_event_type:
        | "session_created"
        | "session_started"
        | "session_ended"
        | "user_joined"
        | "user_left"
        | "set_completed"
        | "exercise_changed"
        | "reaction"
        | "status_update"
        | "ready_status_changed"
        | "message"
        | "set_updated"
        | "set_removed"
        | "session_updated"
        | "session_paused"
        | "session_resumed"
        | "host_changed"
        | "leader_changed"
        | "plan_changed"
        | "ready_check"
        | "rest_started"
        | "rest_ended"
        | "pr_revoked";
      live_session_invitation_status: "pending" | "accepted" | "declined" | "expired" | "revoked";
      live_session_mode: "shared" | "guided";
      live_session_participant_status: "idle" | "resting" | "working_out" | "finished";
      live_session_set_type: "warmup" | "working";
      live_session_status: "pending" | "active" | "ended";
      live_session_visibility: "private" | "friends" | "public";
    };
    CompositeTypes: {
      [_ in never]: never;
    };
  };
};

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">];

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof (
      & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
      & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"]
    )
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals } ? (
    & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"]
  )[TableName] extends {
    Row: infer R;
  } ? R
  : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R;
    } ? R
    : never
  : never;

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends
    {
      Insert: infer I;
    } ? I
  : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I;
    } ? I
    : never
  : never;

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends
    {
      Update: infer U;
    } ? U
  : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U;
    } ? U
    : never
  : never;

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never;

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][
    CompositeTypeName
  ]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never;

export const Constants = {
  public: {
    Enums: {
      friendship_status: ["none", "requested", "pending", "friends", "blocked"],
      live_session_emote: ["like", "fire", "skull", "crown", "bolt", "clap"],
      live_session_event_type: [
        "session_created",
        "session_started",
        "session_ended",
        "user_joined",
        "user_left",
        "set_completed",
        "exercise_changed",
        "reaction",
        "status_update",
        "ready_status_changed",
        "message",
        "set_updated",
        "set_removed",
        "session_updated",
        "session_paused",
        "session_resumed",
        "host_changed",
        "leader_changed",
        "plan_changed",
        "ready_check",
        "rest_started",
        "rest_ended",
        "pr_revoked",
      ],
      live_session_invitation_status: ["pending", "accepted", "declined", "expired", "revoked"],
      live_session_mode: ["shared", "guided"],
      live_session_participant_status: ["idle", "resting", "working_out", "finished"],
      live_session_set_type: ["warmup", "working"],
      live_session_status: ["pending", "active", "ended"],
      live_session_visibility: ["private", "friends", "public"],
    },
  },
} as const;

export type DatabaseFriendship = Tables<"friendships">;
export type DatabaseFriendshipInsert = TablesInsert<"friendships">;
export type DatabaseFriendshipUpdate = TablesUpdate<"friendships">;
export type DatabaseLiveSessionEvent = Tables<"live_session_events">;
export type DatabaseLiveSessionEventInsert = TablesInsert<"live_session_events">;
export type DatabaseLiveSessionEventUpdate = TablesUpdate<"live_session_events">;
export type DatabaseLiveSessionInvitation = Tables<"live_session_invitations">;
export type DatabaseLiveSessionInvitationInsert = TablesInsert<"live_session_invitations">;
export type DatabaseLiveSessionInvitationUpdate = TablesUpdate<"live_session_invitations">;
export type DatabaseLiveSessionMessage = Tables<"live_session_messages">;
export type DatabaseLiveSessionMessageInsert = TablesInsert<"live_session_messages">;
export type DatabaseLiveSessionMessageUpdate = TablesUpdate<"live_session_messages">;
export type DatabaseLiveSessionParticipant = Tables<"live_session_participants">;
export type DatabaseLiveSessionParticipantInsert = TablesInsert<"live_session_participants">;
export type DatabaseLiveSessionParticipantUpdate = TablesUpdate<"live_session_participants">;
export type DatabaseLiveSessionReaction = Tables<"live_session_reactions">;
export type DatabaseLiveSessionReactionInsert = TablesInsert<"live_session_reactions">;
export type DatabaseLiveSessionReactionUpdate = TablesUpdate<"live_session_reactions">;
export type DatabaseLiveSessionReadyCheck = Tables<"live_session_ready_checks">;
export type DatabaseLiveSessionReadyCheckInsert = TablesInsert<"live_session_ready_checks">;
export type DatabaseLiveSessionReadyCheckUpdate = TablesUpdate<"live_session_ready_checks">;
export type DatabaseLiveSessionSet = Tables<"live_session_sets">;
export type DatabaseLiveSessionSetInsert = TablesInsert<"live_session_sets">;
export type DatabaseLiveSessionSetUpdate = TablesUpdate<"live_session_sets">;
export type DatabaseLiveSession = Tables<"live_sessions">;
export type DatabaseLiveSessionInsert = TablesInsert<"live_sessions">;
export type DatabaseLiveSessionUpdate = TablesUpdate<"live_sessions">;
export type DatabaseQuickReaction = Tables<"quick_reactions">;
export type DatabaseQuickReactionInsert = TablesInsert<"quick_reactions">;
export type DatabaseQuickReactionUpdate = TablesUpdate<"quick_reactions">;
export type DatabaseUser = Tables<"users">;
export type DatabaseUserInsert = TablesInsert<"users">;
export type DatabaseUserUpdate = TablesUpdate<"users">;
export type DatabaseWorkoutPresence = Tables<"workout_presence">;
export type DatabaseWorkoutPresenceInsert = TablesInsert<"workout_presence">;
export type DatabaseWorkoutPresenceUpdate = TablesUpdate<"workout_presence">;
export type DatabaseWorkout = Tables<"workouts">;
export type DatabaseWorkoutInsert = TablesInsert<"workouts">;
export type DatabaseWorkoutUpdate = TablesUpdate<"workouts">;
export type DatabaseFriendshipStatus = Enums<"friendship_status">;
export type DatabaseLiveSessionEmote = Enums<"live_session_emote">;
export type DatabaseLiveSessionEventType = Enums<"live_session_event_type">;
export type DatabaseLiveSessionInvitationStatus = Enums<"live_session_invitation_status">;
export type DatabaseLiveSessionMode = Enums<"live_session_mode">;
export type DatabaseLiveSessionParticipantStatus = Enums<"live_session_participant_status">;
export type DatabaseLiveSessionSetType = Enums<"live_session_set_type">;
export type DatabaseLiveSessionStatus = Enums<"live_session_status">;
export type DatabaseLiveSessionVisibility = Enums<"live_session_visibility">;
