// SHA-256 (FIPS 180-4). The browser's own is missing on a page that comes over plain HTTP.

/** The first `count` numbers of the fractional parts of the `root`-th roots of the primes. */
function primeRoots(count, root) {
  const primes = [];
  for (let n = 2; primes.length < count; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  return primes.map((prime) => Math.floor((prime ** (1 / root) % 1) * 2 ** 32));
}

const ROUND_KEYS = primeRoots(64, 3);
const FIRST_STATE = primeRoots(8, 2);

/** The digest of a text's UTF-8 bytes, in hex. */
function sha256(text) {
  const message = new TextEncoder().encode(text);
  const blocks = Math.ceil((message.length + 9) / 64);
  const bytes = new DataView(new ArrayBuffer(blocks * 64));
  message.forEach((byte, place) => bytes.setUint8(place, byte));
  bytes.setUint8(message.length, 0x80);
  bytes.setUint32(blocks * 64 - 4, message.length * 8);
  const state = Uint32Array.from(FIRST_STATE);
  for (let block = 0; block < blocks; block += 1) digestBlock(state, bytes, block * 64);
  return Array.from(state, (word) => word.toString(16).padStart(8, "0")).join("");
}

function digestBlock(state, bytes, offset) {
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  const words = new Uint32Array(64);
  for (let i = 0; i < 64; i += 1) {
    if (i < 16) words[i] = bytes.getUint32(offset + i * 4);
    else {
      const [early, late] = [words[i - 15], words[i - 2]];
      words[i] = words[i - 16] + (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) + words[i - 7] + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
    }
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND_KEYS[i] + words[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, place) => { state[place] += word; });
}
