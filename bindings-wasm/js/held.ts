import { core, own } from "./core.js";

interface Place {
  handle: number;
  generation: number;
}

const places = new WeakMap<object, Place>();

/** Gives back what the core holds for objects that nobody holds any more. */
const collected = new FinalizationRegistry<Place>(free);

/** Ties an object to what the core holds for it, invisibly. */
export function hold(owner: object, handle: unknown): void {
  const place = { handle: handle as number, generation: core().generation };
  places.set(owner, place);
  collected.register(owner, place, owner);
}

export function handleOf(owner: object): number {
  const place = places.get(owner);
  if (place === undefined || place.generation !== core().generation) {
    throw own("argument_invalid", "the object was released, or lost when the core panicked");
  }
  return place.handle;
}

/** Gives back at once. */
export function release(owner: object): void {
  const place = places.get(owner);
  if (place === undefined) return;
  places.delete(owner);
  collected.unregister(owner);
  free(place);
}

function free({ handle, generation }: Place): void {
  if (generation === core().generation) core().call("free", { handle });
}

/** An object whose content is in the core. It is released when it is collected, or by hand. */
export abstract class Held {
  /** Gives back the core's memory at once; the object is not used after that. */
  free(): void {
    release(this);
  }
}
