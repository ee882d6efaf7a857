/**
 * SHA-256 and SHA-512 (FIPS 180-4) for the few small files whose digest is compared with published ones: evidence is
 * pure and synchronous, so the platform's hashing is out of its reach. Constants are computed from their definition.
 */

type Algorithm = 'sha256' | 'sha512';

const MASK = (1n << 64n) - 1n;

/** Integer part of the n-th root. */
function root(value: bigint, n: bigint): bigint {
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / Number(n)));
  for (;;) {
    const next = ((n - 1n) * guess + value / guess ** (n - 1n)) / n;
    if (next >= guess) return guess;
    guess = next;
  }
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let one = 2; found.length < count; one++)
    if (found.every((prime) => one % prime !== 0)) found.push(one);
  return found;
}

interface Constants {
  /** High and low halves, one after the other: 80 round constants, 8 starting values. */
  readonly round: Int32Array;
  readonly start: Int32Array;
}

let computed: Constants | undefined;

function constants(): Constants {
  if (computed !== undefined) return computed;
  const list = primes(80);
  const split = (values: readonly bigint[]) =>
    Int32Array.from(values.flatMap((value) => [Number(value >> 32n) | 0, Number(value & 0xffffffffn) | 0]));
  computed = {
    round: split(list.map((prime) => root(BigInt(prime) << 192n, 3n) & MASK)),
    start: split(list.slice(0, 8).map((prime) => root(BigInt(prime) << 128n, 2n) & MASK)),
  };
  return computed;
}

/** The digest in lower-case hex. */
export function digestOf(algorithm: Algorithm, bytes: Uint8Array): string {
  const wide = algorithm === 'sha512';
  const words = wide ? sha512(padded(bytes, 128)) : sha256(padded(bytes, 64));
  return [...words].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** With the end mark and the length in bits, filled up to whole blocks. */
function padded(bytes: Uint8Array, block: number): DataView {
  const size = Math.ceil((bytes.length + 1 + block / 8) / block) * block;
  const all = new Uint8Array(size);
  all.set(bytes);
  all[bytes.length] = 0x80;
  const view = new DataView(all.buffer);
  view.setUint32(size - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(size - 4, (bytes.length << 3) >>> 0);
  return view;
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function sha256(data: DataView): Int32Array {
  const { round, start } = constants();
  const state = Int32Array.from({ length: 8 }, (_, index) => start[index * 2]!);
  const w = new Int32Array(64);
  for (let at = 0; at < data.byteLength; at += 64) {
    for (let t = 0; t < 16; t++) w[t] = data.getInt32(at + t * 4);
    for (let t = 16; t < 64; t++) {
      const [x, y] = [w[t - 15]!, w[t - 2]!];
      const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
      const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
      w[t] = w[t - 16]! + s0 + w[t - 7]! + s1;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let t = 0; t < 64; t++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + round[t * 2]! + w[t]!) | 0;
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => void (state[index] = state[index]! + word));
  }
  return state;
}

/** A sum of 64-bit numbers given as halves; `high` and `low` hold the result. */
const sum = { high: 0, low: 0 };

function add(...halves: readonly number[]): void {
  let low = 0;
  let high = 0;
  for (let index = 0; index < halves.length; index += 2) {
    high += halves[index]!;
    low += halves[index + 1]! >>> 0;
  }
  sum.low = low | 0;
  sum.high = (high + Math.floor(low / 0x100000000)) | 0;
}

/** High half of a right rotation by less than 32; swap the halves for the low one, or for 32 more. */
const turn = (high: number, low: number, by: number): number => (high >>> by) | (low << (32 - by));

function sha512(data: DataView): Int32Array {
  const state = Int32Array.from(constants().start);
  const w = new Int32Array(160);
  for (let at = 0; at < data.byteLength; at += 128) {
    for (let t = 0; t < 32; t++) w[t] = data.getInt32(at + t * 4);
    for (let t = 32; t < 160; t += 2) expand(w, t);
    compress(state, w);
  }
  return state;
}

function expand(w: Int32Array, t: number): void {
  const [xh, xl, yh, yl] = [w[t - 30]!, w[t - 29]!, w[t - 4]!, w[t - 3]!];
  add(
    turn(xh, xl, 1) ^ turn(xh, xl, 8) ^ (xh >>> 7),
    turn(xl, xh, 1) ^ turn(xl, xh, 8) ^ ((xl >>> 7) | (xh << 25)),
    turn(yh, yl, 19) ^ turn(yl, yh, 29) ^ (yh >>> 6),
    turn(yl, yh, 19) ^ turn(yh, yl, 29) ^ ((yl >>> 6) | (yh << 26)),
    w[t - 14]!,
    w[t - 13]!,
    w[t - 32]!,
    w[t - 31]!,
  );
  w[t] = sum.high;
  w[t + 1] = sum.low;
}

function compress(state: Int32Array, w: Int32Array): void {
  const { round } = constants();
  const v = Int32Array.from(state);
  for (let t = 0; t < 160; t += 2) {
    const [ah, al, bh, bl, ch, cl] = [v[0]!, v[1]!, v[2]!, v[3]!, v[4]!, v[5]!];
    const [eh, el, fh, fl, gh, gl] = [v[8]!, v[9]!, v[10]!, v[11]!, v[12]!, v[13]!];
    add(
      v[14]!,
      v[15]!,
      turn(eh, el, 14) ^ turn(eh, el, 18) ^ turn(el, eh, 9),
      turn(el, eh, 14) ^ turn(el, eh, 18) ^ turn(eh, el, 9),
      (eh & fh) ^ (~eh & gh),
      (el & fl) ^ (~el & gl),
      round[t]!,
      round[t + 1]!,
      w[t]!,
      w[t + 1]!,
    );
    const [t1h, t1l] = [sum.high, sum.low];
    add(
      t1h,
      t1l,
      turn(ah, al, 28) ^ turn(al, ah, 2) ^ turn(al, ah, 7),
      turn(al, ah, 28) ^ turn(ah, al, 2) ^ turn(ah, al, 7),
      (ah & bh) ^ (ah & ch) ^ (bh & ch),
      (al & bl) ^ (al & cl) ^ (bl & cl),
    );
    v.copyWithin(2, 0, 14);
    v[0] = sum.high;
    v[1] = sum.low;
    add(v[8]!, v[9]!, t1h, t1l);
    v[8] = sum.high;
    v[9] = sum.low;
  }
  for (let index = 0; index < 16; index += 2) {
    add(state[index]!, state[index + 1]!, v[index]!, v[index + 1]!);
    state[index] = sum.high;
    state[index + 1] = sum.low;
  }
}
