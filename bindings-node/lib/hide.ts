/** Keeps an object's native half out of what is printed and enumerated. */
export function hide(owner: object, handle: object): void {
  Object.defineProperty(owner, 'handle', { value: handle });
}
