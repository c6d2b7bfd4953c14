// Debian's Chromium, asking nobody for anything.
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

const FLAGS =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

/** A fresh user-data directory is Playwright's own doing. */
export function launch(chromium) {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS.split(" ") });
}
