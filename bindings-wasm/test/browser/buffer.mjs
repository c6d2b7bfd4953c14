// What the shared operations use of Node, for places that have none of it.
export class Buffer extends Uint8Array {
  static from(value, encoding) {
    if (encoding === "hex") {
      return super.from(value.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    }
    return typeof value === "string" ? new this(new TextEncoder().encode(value)) : new this(value);
  }

  static concat(parts) {
    return new this(parts.flatMap((part) => [...part]));
  }

  toString(encoding) {
    if (encoding !== "hex") return new TextDecoder().decode(this);
    return Array.from(this, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}

export function isDeepStrictEqual(one, other) {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}

export function createHash() {
  let content = new Uint8Array();
  const hash = {
    update(bytes) {
      content = bytes;
      return hash;
    },
    digest: () => sha256(content),
  };
  return hash;
}

const PRIMES = [];
for (let number = 2; PRIMES.length < 64; number++) {
  if (PRIMES.every((prime) => number % prime !== 0)) PRIMES.push(number);
}
const fraction = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32);
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const CONSTANTS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));

/** FIPS 180-4, since WebCrypto's own answers later. */
function sha256(bytes) {
  const padded = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  new Uint8Array(padded.buffer).set([...bytes, 0x80]);
  padded.setUint32(padded.byteLength - 4, bytes.length * 8);
  let state = START;
  for (let offset = 0; offset < padded.byteLength; offset += 64) {
    const words = Array.from({ length: 16 }, (_, at) => padded.getUint32(offset + at * 4));
    state = compressed(state, words).map((word, at) => (word + state[at]) >>> 0);
  }
  return state.map((word) => word.toString(16).padStart(8, "0")).join("");
}

function compressed(state, words) {
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  let [a, b, c, d, e, f, g, h] = state;
  for (let at = 0; at < 64; at++) {
    if (at >= 16) {
      const [low, high] = [words[at - 15], words[at - 2]];
      const small = turn(low, 7) ^ turn(low, 18) ^ (low >>> 3);
      const large = turn(high, 17) ^ turn(high, 19) ^ (high >>> 10);
      words.push((words[at - 16] + small + words[at - 7] + large) | 0);
    }
    const choice = (e & f) ^ (~e & g);
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + CONSTANTS[at] + words[at]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word) => word >>> 0);
}
