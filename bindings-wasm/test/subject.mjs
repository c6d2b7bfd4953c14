/** The API as the shared operations ask it: everything here is synchronous, and signs the same each time. */
export function subject(api) {
  return { ...api, loadIdentitySync: api.loadIdentity, isDeterministic: true };
}
