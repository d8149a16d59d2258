import { describe, expect, it } from "vitest";
import { addAliases } from "./aliases.ts";
import { refine } from "./refine.ts";

/** As `supabase gen types` writes it, after formatting. */
const generated = `
export type Database = {
  "public": {
    Tables: {
      "live_sessions": {
        Row: {
          "id": string;
          "planned_exercises": NonNullable<Json>;
          "summary": Json | null;
        };
        Insert: {
          "planned_exercises"?: NonNullable<Json>;
        };
      };
      "workout_presence": {
        Row: {
          "id": string;
        };
      };
    };
    Views: {
      [_ in never]: never;
    };
    Functions: {
      "create_live_session": {
        Args: { "planned_exercises_param"?: Json };
        Returns: {
          "id": string;
          "planned_exercises": NonNullable<Json>;
        };
        SetofOptions: {
          from: "*";
          to: "live_sessions";
          isOneToOne: true;
        };
      };
      "all_sessions": {
        Args: Record<PropertyKey, never>;
        Returns: {
          "id": string;
        }[];
        SetofOptions: {
          from: "*";
          to: "live_sessions";
          isOneToOne: false;
        };
      };
    };
    Enums: {
      live_session_mode: "shared" | "guided";
    };
  };
};
`;

describe("refine", () => {
  const refined = refine(generated);

  it("lets jsonb columns refer to what they hold", () => {
    expect(refined).toContain(
      'planned_exercises: JsonColumns["live_sessions"]["planned_exercises"];',
    );
    expect(refined).toContain(
      'planned_exercises?: JsonColumns["live_sessions"]["planned_exercises"];',
    );
    expect(refined).toContain('summary: JsonColumns["live_sessions"]["summary"] | null;');
  });

  it("leaves the parameters of functions alone", () => {
    expect(refined).toContain("Args: { planned_exercises_param?: Json };");
  });

  it("lets functions that return rows refer to the table", () => {
    expect(refined).toMatch(
      /Returns: Database\["public"\]\["Tables"\]\["live_sessions"\]\["Row"\];\s+SetofOptions/,
    );
    expect(refined).toMatch(/\["live_sessions"\]\["Row"\]\[\];\s+SetofOptions/);
  });

  it.each(["Json", "Json[] | null", "(Json | null)[]"])(
    "does not pass over a column of type %s",
    (type) => {
      const other = generated.replace('"id": string;', `"id": ${type};`);
      expect(() => refine(other)).toThrow(/live_sessions.*not understood: id/);
    },
  );
});

describe("addAliases", () => {
  const refined = refine(generated);

  it("names rows, inserts, updates and enums", () => {
    const lines = addAliases(refined).split("\n");
    expect(lines.filter((line) => line.startsWith("export type Database") && !line.includes("{")))
      .toEqual([
        'export type DatabaseLiveSession = Tables<"live_sessions">;',
        'export type DatabaseLiveSessionInsert = TablesInsert<"live_sessions">;',
        'export type DatabaseLiveSessionUpdate = TablesUpdate<"live_sessions">;',
        'export type DatabaseWorkoutPresence = Tables<"workout_presence">;',
        'export type DatabaseWorkoutPresenceInsert = TablesInsert<"workout_presence">;',
        'export type DatabaseWorkoutPresenceUpdate = TablesUpdate<"workout_presence">;',
        'export type DatabaseLiveSessionMode = Enums<"live_session_mode">;',
      ]);
  });

  it("refuses two types of one name", () => {
    const clash = refined.replaceAll("live_session_mode", "workout_presence");
    expect(() => addAliases(clash)).toThrow(/DatabaseWorkoutPresence/);
  });

  it("refuses what is not of the form it knows", () => {
    expect(() => addAliases("export type Database = never;")).toThrow(/no Tables/);
  });
});
