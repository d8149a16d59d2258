/** @jsxImportSource react */
import "react-native-get-random-values"; // first: Hermes has no source of ids of its own
import "react-native-url-polyfill/auto"; // supabase-js needs the whole of URL
import AsyncStorage from "@react-native-async-storage/async-storage";
import { createClient } from "@supabase/supabase-js";
import { useEffect, useState, useSyncExternalStore } from "react";
import { AppState, Button, FlatList, Text, View } from "react-native";
import {
  createLiveWorkout,
  type FeedEntry,
  LiveWorkoutError,
  type Room,
  type RoomState,
  selectFeed,
  selectMe,
  selectParticipant,
  selectParticipants,
  selectRestLeft,
} from "@live-workout-together/client";

const supabase = createClient(
  "https://your-project.supabase.co",
  "sb_publishable_…",
  { auth: { storage: AsyncStorage, autoRefreshToken: true, detectSessionInUrl: false } },
);
// Sets that were logged in the basement are in AsyncStorage until the server has them.
const liveWorkout = createLiveWorkout(supabase, { storage: AsyncStorage });

/** A session that the person is in: who is here, what happens, and a button to log a set. */
export function TrainingScreen({ sessionId, onLeft }: {
  sessionId: string;
  onLeft: () => void;
}) {
  const room = useRoom(sessionId);
  return room === null ? <Text>Opening …</Text> : <OpenRoom room={room} onLeft={onLeft} />;
}

/** A room for as long as the screen is there. */
function useRoom(sessionId: string): Room | null {
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    const opened = liveWorkout.openRoom(sessionId);
    setRoom(opened);
    // In the background the system may stop everything: look after it when the person is back.
    const foreground = AppState.addEventListener("change", (state) => {
      if (state === "active") {
        supabase.auth.startAutoRefresh();
        opened.wake();
      } else supabase.auth.stopAutoRefresh();
    });
    return () => {
      foreground.remove();
      void opened.close();
    };
  }, [sessionId]);
  return room;
}

function OpenRoom({ room, onLeft }: { room: Room; onLeft: () => void }) {
  const state = useSyncExternalStore(room.store.subscribe, room.store.getState);
  const [problem, setProblem] = useState("");
  const me = selectMe(state);

  const logSet = () => {
    // In the feed at once; sent now, or as soon as there is a network.
    room.logSet({
      exerciseId: "squat",
      exerciseName: "Squat",
      setType: "working",
      weightKg: 100,
      reps: 5,
    });
  };
  const leave = async () => {
    try {
      await liveWorkout.sessions.leave(room.sessionId);
      onLeft();
    } catch (error) {
      setProblem(error instanceof LiveWorkoutError ? error.detail : String(error));
    }
  };

  return (
    <View>
      <Text>{state.session?.name ?? "…"}</Text>
      <Text>{standing(state)}</Text>
      <RestClock room={room} />
      {selectParticipants(state).map((person) => (
        <Text key={person.userId}>
          {person.displayName}: {person.setsCompleted} sets, {person.totalVolumeKg} kg
        </Text>
      ))}
      <FlatList
        data={selectFeed(state)}
        keyExtractor={(line) => line.key}
        renderItem={({ item }) => <Text>{words(state, item)}</Text>}
      />
      <Button title={`Log set ${(me?.setsCompleted ?? 0) + 1}`} onPress={logSet} />
      <Button title="Leave" onPress={() => void leave()} />
      <Text>{problem}</Text>
    </View>
  );
}

/** Everybody's rest ends at the same moment: the clock is the server's. */
function RestClock({ room }: { room: Room }) {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      setLeft(selectRestLeft(room.store.getState(), Date.now()));
    }, 200);
    return () => clearInterval(timer);
  }, [room]);
  return left > 0 ? <Text>Rest: {Math.ceil(left / 1000)} s</Text> : null;
}

function standing({ catchUp, closedReason, connection }: RoomState): string {
  if (closedReason !== null) return closedReason.detail;
  return catchUp === null ? connection : `Catching up: ${catchUp.have} of ${catchUp.of}`;
}

function words(state: RoomState, line: FeedEntry): string {
  if (line.kind === "own") {
    // Made here, and not in the log yet.
    const { entry, delivery } = line;
    if (entry.kind === "message") return `${entry.message} (${delivery})`;
    if (entry.kind === "reaction") return `${entry.reaction.emote} (${delivery})`;
    return `${entry.set.reps} × ${entry.set.weightKg} kg (${entry.error?.detail ?? delivery})`;
  }
  const { event, set } = line;
  const who = selectParticipant(state, event.userId)?.displayName ?? "Someone";
  if (set) return `${who}: ${set.reps} × ${set.weightKg} kg${set.isPR ? ", a record!" : ""}`;
  if (event.type === "message") return `${who}: ${event.data.message}`;
  return `${who}: ${event.type.replaceAll("_", " ")}`;
}
