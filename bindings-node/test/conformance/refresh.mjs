// `refresh`: runs a script of calls against the machine.

export function refresh(api) {
  const credentials = (expiration) =>
    new api.Credentials({ accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token', expiration });

  const calls = {
    success(machine, { id, expiration, identity_not_after, server_date, jitter }, now) {
      const success = {
        credentials: credentials(expiration),
        identityNotAfter: identity_not_after,
        serverDate: server_date,
      };
      machine.onSuccess(id, success, now, jitter);
    },
    failure(machine, { id, code, retryable, retry_after, server_date, jitter }, now) {
      const message = 'as the script says';
      const failure = { code, message, retryable, retryAfter: retry_after, serverDate: server_date };
      machine.onFailure(id, failure, now, jitter);
    },
    cancel: (machine, id, now) => machine.cancel(id, now),
    invalidate: (machine) => machine.invalidate(),
    request_refresh: (machine) => machine.requestRefresh(),
  };

  const step = (machine, { at, call }) => {
    const now = { unixMillis: at[0], monotonicMillis: at[1] };
    const [name, argument] = typeof call === 'string' ? [call, undefined] : Object.entries(call)[0];
    const poll = name === 'poll' ? { poll: polled(machine.poll(now)) } : {};
    if (name !== 'poll') calls[name](machine, argument, now);
    const events = machine.takeEvents().map(event);
    return { ...poll, ...(events.length > 0 && { events }), next_refresh: machine.nextRefresh ?? null };
  };

  return {
    refresh({ steps }) {
      const machine = new api.Refresh();
      return { steps: steps.map((given) => step(machine, given)) };
    },
  };
}

function polled({ credentials, fetch, wait, error }) {
  return { credentials: seconds(credentials?.expiration), next: next(fetch, wait), error: error?.code ?? null };
}

function next(fetch, wait) {
  if (fetch) return { fetch: { id: fetch.id, signing_time: fetch.signingTime, deadline: fetch.deadline } };
  return wait === undefined ? 'idle' : { wait };
}

function event(told) {
  switch (told.name) {
    case 'refreshed':
      return { refreshed: seconds(told.expiration) };
    case 'refresh_failed':
      return { refresh_failed: told.error.code };
    case 'clock_corrected':
      return { clock_corrected: told.offsetSeconds };
    default:
      return { [told.name]: seconds(told.notAfter) };
  }
}

function seconds(date) {
  return date === undefined ? null : date.getTime() / 1000;
}
