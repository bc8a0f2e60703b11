// MD5, SHA-1 and the SHA-2 family, synchronous, because a form's calculations are; the browser's own are not.
// Round constants are computed, as their definitions have it: from roots of primes, and from sines.

export const utf8 = (text) => new TextEncoder().encode(text);
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const PRIMES = [];
for (let number = 2; PRIMES.length < 80; number += 1) {
  if (PRIMES.every((prime) => number % prime)) PRIMES.push(number);
}

// The first 64 bits of the fraction of a root, by whole numbers: floats have 53.
function fraction(prime, degree) {
  const power = BigInt(degree);
  const wanted = BigInt(prime) << (64n * power);
  let [low, high] = [0n, 1n << 70n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** power <= wanted) low = middle;
    else high = middle;
  }
  return low & 0xffffffffffffffffn;
}

// A value that is made when it is first asked for.
const once = (make) => {
  let made;
  return () => (made ??= make());
};

const first32 = (root) => ((root % 1) * 2 ** 32) | 0;
// Of SHA-256, which every answer needs: its 32 bits are well within what floats hold.
const small = once(() => ({
  k: PRIMES.slice(0, 64).map((prime) => first32(Math.cbrt(prime))),
  first: PRIMES.slice(0, 8).map((prime) => first32(Math.sqrt(prime))),
}));
const sines = once(() => Array.from({ length: 64 }, (_, at) => Math.floor(Math.abs(Math.sin(at + 1)) * 2 ** 32) | 0));
const large = once(() => {
  const first = PRIMES.slice(0, 16).map((prime) => fraction(prime, 2));
  return { k: PRIMES.map((prime) => fraction(prime, 3)), sha512: first.slice(0, 8), sha384: first.slice(8) };
});

// The message with its end mark and its length in bits, in whole blocks.
function filled(bytes, block, isLittle = false) {
  const lengthBytes = block / 8;
  const all = new Uint8Array(Math.ceil((bytes.length + 1 + lengthBytes) / block) * block);
  all.set(bytes);
  all[bytes.length] = 0x80;
  const view = new DataView(all.buffer);
  const bits = BigInt(bytes.length) * 8n;
  view.setBigUint64(all.length - 8, bits, isLittle);
  return view;
}

function written(words, isLittle = false) {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  words.forEach((word, at) => view.setInt32(at * 4, word, isLittle));
  return new Uint8Array(view.buffer);
}

const left = (word, by) => (word << by) | (word >>> (32 - by));
const right = (word, by) => (word >>> by) | (word << (32 - by));

export function sha256(bytes) {
  const { k, first } = small();
  const state = [...first];
  const view = filled(bytes, 64);
  const w = new Int32Array(64);
  for (let start = 0; start < view.byteLength; start += 64) {
    for (let t = 0; t < 16; t += 1) w[t] = view.getInt32(start + t * 4);
    for (let t = 16; t < 64; t += 1) {
      const [x, y] = [w[t - 15], w[t - 2]];
      const small = right(x, 7) ^ right(x, 18) ^ (x >>> 3);
      w[t] = (right(y, 17) ^ right(y, 19) ^ (y >>> 10)) + w[t - 7] + small + w[t - 16];
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < 64; t += 1) {
      const one = (h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + k[t] + w[t]) | 0;
      const two = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => {
      state[at] = (state[at] + word) | 0;
    });
  }
  return written(state);
}

function sha1(bytes) {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const view = filled(bytes, 64);
  const w = new Int32Array(80);
  const K = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];
  for (let start = 0; start < view.byteLength; start += 64) {
    for (let t = 0; t < 16; t += 1) w[t] = view.getInt32(start + t * 4);
    for (let t = 16; t < 80; t += 1) w[t] = left(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    let [a, b, c, d, e] = state;
    for (let t = 0; t < 80; t += 1) {
      const quarter = Math.floor(t / 20);
      const mixed = quarter === 0 ? (b & c) | (~b & d) : quarter === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const next = (left(a, 5) + mixed + e + K[quarter] + w[t]) | 0;
      [a, b, c, d, e] = [next, a, left(b, 30), c, d];
    }
    [a, b, c, d, e].forEach((word, at) => {
      state[at] = (state[at] + word) | 0;
    });
  }
  return written(state);
}

function md5(bytes) {
  const wave = sines();
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  const view = filled(bytes, 64, true);
  const SHIFTS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
  for (let start = 0; start < view.byteLength; start += 64) {
    let [a, b, c, d] = state;
    for (let t = 0; t < 64; t += 1) {
      const round = t >> 4;
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round];
      const word = [t, 5 * t + 1, 3 * t + 5, 7 * t][round] % 16;
      const sum = (a + mixed + wave[t] + view.getInt32(start + word * 4, true)) | 0;
      [a, b, c, d] = [d, (b + left(sum, SHIFTS[round][t % 4])) | 0, b, c];
    }
    [a, b, c, d].forEach((word, at) => {
      state[at] = (state[at] + word) | 0;
    });
  }
  return written(state, true);
}

const ALL = 0xffffffffffffffffn;
const right64 = (word, by) => ((word >> by) | (word << (64n - by))) & ALL;

function sha512(bytes, first = large().sha512, length = 64) {
  const { k } = large();
  const state = [...first];
  const view = filled(bytes, 128);
  const w = [];
  for (let start = 0; start < view.byteLength; start += 128) {
    for (let t = 0; t < 16; t += 1) w[t] = view.getBigUint64(start + t * 8);
    for (let t = 16; t < 80; t += 1) {
      const [x, y] = [w[t - 15], w[t - 2]];
      const small = right64(x, 1n) ^ right64(x, 8n) ^ (x >> 7n);
      w[t] = ((right64(y, 19n) ^ right64(y, 61n) ^ (y >> 6n)) + w[t - 7] + small + w[t - 16]) & ALL;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < 80; t += 1) {
      const one = h + (right64(e, 14n) ^ right64(e, 18n) ^ right64(e, 41n)) + ((e & f) ^ (~e & ALL & g)) + k[t] + w[t];
      const two = (right64(a, 28n) ^ right64(a, 34n) ^ right64(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [(one + two) & ALL, a, b, c, (d + one) & ALL, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => {
      state[at] = (state[at] + word) & ALL;
    });
  }
  const out = new DataView(new ArrayBuffer(64));
  state.forEach((word, at) => out.setBigUint64(at * 8, word));
  return new Uint8Array(out.buffer, 0, length);
}

export const HASHES = {
  MD5: md5,
  "SHA-1": sha1,
  "SHA-256": sha256,
  "SHA-384": (bytes) => sha512(bytes, large().sha384, 48),
  "SHA-512": (bytes) => sha512(bytes),
};
