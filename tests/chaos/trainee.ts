import type { Room } from "../../client/src/index.ts";
import type { ClientTask, Made } from "./messages.ts";
import type { Random } from "./random.ts";

const emotes = ["like", "fire", "skull", "crown", "bolt", "clap"] as const;
const statuses = ["working_out", "resting"] as const;
const exercises = ["bench-press", "back-squat", "deadlift"] as const;

/**
 * Sets with so few repetitions may be removed again by who made them; cheers are for the others
 * only. So that no cheer can be refused because its set is gone.
 */
const mostRepetitionsToRemove = 3;

/**
 * A person who does something more than once a second, well within what the database allows a minute,
 * whatever the network does: that is for the client to worry about.
 */
export class Trainee {
  readonly #room: Room;
  readonly #others: readonly string[];
  readonly #random: Random;
  readonly #note: (made: Made) => void;
  readonly #ownSets: { id: string; reps: number }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    room: Room,
    task: Pick<ClientTask, "others">,
    random: Random,
    note: (made: Made) => void,
  ) {
    this.#room = room;
    this.#others = task.others;
    this.#random = random;
    this.#note = note;
  }

  begin(): void {
    if (this.#timer !== undefined) return;
    const next = () => {
      this.#timer = setTimeout(() => {
        this.#act();
        next();
      }, this.#random.between(300, 1_200));
    };
    next();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #act(): void {
    const dice = this.#random.next();
    if (dice < 0.4) this.#logSet();
    else if (dice < 0.6) this.#say();
    else if (dice < 0.8) this.#react();
    else if (dice < 0.88) this.#amend();
    else if (dice < 0.94) this.#remove();
    else this.#changeStatus();
  }

  #logSet(): void {
    const weightKg = this.#random.integer(8, 60) * 2.5;
    const reps = this.#random.integer(1, 12);
    const exerciseId = this.#random.pick(exercises);
    const id = this.#room.logSet({
      exerciseId,
      exerciseName: exerciseId,
      setType: this.#random.chance(0.2) ? "warmup" : "working",
      weightKg,
      reps,
    });
    this.#note({ made: "set", id, weightKg, reps });
    this.#ownSets.push({ id, reps });
  }

  #say(): void {
    const message = `Number ${this.#random.integer(1, 1_000_000)}`;
    this.#note({ made: "message", id: this.#room.say(message), message });
  }

  #react(): void {
    const emote = this.#random.pick(emotes);
    const theirs = this.#room.store.getState().events.flatMap((event) =>
      event.type === "set_completed" && this.#others.includes(event.userId) &&
        event.data.reps > mostRepetitionsToRemove
        ? [{ toUserId: event.userId, targetSetId: event.data.setId }]
        : []
    );
    const target = theirs.length > 0 && this.#random.chance(0.7)
      ? this.#random.pick(theirs)
      : { toUserId: this.#random.pick(this.#others) };
    const id = this.#room.react({ ...target, emote });
    this.#note({ made: "reaction", id, emote, toUserId: target.toUserId });
  }

  #amend(): void {
    const keepers = this.#ownSets.filter(({ reps }) => reps > mostRepetitionsToRemove);
    if (keepers.length === 0) return this.#logSet();
    const { id } = this.#random.pick(keepers);
    const reps = this.#random.integer(mostRepetitionsToRemove + 1, 20);
    this.#room.amendSet(id, { reps });
    this.#note({ made: "set_change", id, reps });
  }

  #remove(): void {
    const index = this.#ownSets.findIndex(({ reps }) => reps <= mostRepetitionsToRemove);
    if (index < 0) return this.#logSet();
    const [set] = this.#ownSets.splice(index, 1);
    // Noted first: killed in between, it may at worst be there still.
    this.#note({ made: "set_removal", id: set!.id });
    this.#room.removeSet(set!.id);
  }

  /** Not kept for later when there is no network: by then it would no longer be so. */
  #changeStatus(): void {
    const exerciseId = this.#random.pick(exercises);
    Promise.resolve(this.#room.setStatus(this.#random.pick(statuses), exerciseId)).catch(() => {});
  }
}
