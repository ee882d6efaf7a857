'use strict';
// Loads the bundle with V8's compiled code from the last run. Node's own compile cache keeps only what is compiled at
// loading, which leaves half of the work to every run; a cache taken at the end of a scan holds what scans use.
const fs = require('node:fs');
const path = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');

const dist = `${__dirname}/../dist`;
const bundle = `${dist}/assay.cjs`;
/** A run that compiled so much beyond the cache, as a share of all, takes a new one. */
const MUCH_NEW = 0.02;
/** A run that had to compile much takes longer than this; of shorter ones of a known kind it is not even asked. */
const QUICK_MICROSECONDS = 120_000;
const TAIL_BYTES = 32;
/**
 * Bytecode stays, so that the cache taken at the end is whole; and no function waits for its first compiler in another
 * thread just then, for one that waits is kept as one that never gets compiled.
 */
const ALWAYS = ['--no-flush-bytecode'];
/**
 * Optimising pays after a second or so: code, patterns, the heap. A usual scan is over before, and takes 24 to 33 % less
 * processor time without it. Taken back for whatever runs longer. V8 complains of flags it does not know, so those
 * that come and go are for the versions they were tried with.
 */
const IS_TRIED = process.versions.node.startsWith('24.');
const SHORT = ['--no-opt', '--no-maglev'];
const LONG = ['--opt', '--maglev'];
if (IS_TRIED) {
  ALWAYS.push('--no-concurrent-sparkplug');
  SHORT.push(
    '--no-incremental-marking',
    '--regexp-tier-up-ticks=100',
    '--no-regexp-peephole-optimization',
    '--invocation-count-for-feedback-allocation=20',
  );
  LONG.push(
    '--incremental-marking',
    '--regexp-tier-up-ticks=1',
    '--regexp-peephole-optimization',
    '--invocation-count-for-feedback-allocation=8',
  );
}
const LONG_AFTER_MS = 1000;

const setFlags = (flags) => flags.forEach((flag) => v8.setFlagsFromString(flag));

function cacheFolder() {
  const { env, platform } = process;
  if (platform === 'win32') return env.LOCALAPPDATA && path.join(env.LOCALAPPDATA, 'assay', 'cache');
  if (env.XDG_CACHE_HOME) return path.join(env.XDG_CACHE_HOME, 'assay');
  if (platform === 'darwin') return env.HOME && path.join(env.HOME, 'Library', 'Caches', 'assay');
  return env.HOME && path.join(env.HOME, '.cache', 'assay');
}

/** V8 itself refuses a cache of another V8; the name keeps caches of other bundles and Nodes apart. */
function cacheFile(stat) {
  const folder = cacheFolder();
  if (!folder) return undefined;
  let place = 0;
  for (let index = 0; index < bundle.length; index++)
    place = (Math.imul(place, 31) + bundle.charCodeAt(index)) >>> 0;
  const node = `${process.version}-${process.arch}.bin`;
  const prefix = `code-${place.toString(36)}-`;
  const name = `${prefix}${stat.size.toString(36)}-${Math.trunc(stat.mtimeMs).toString(36)}-${node}`;
  return {
    folder,
    name,
    isOld: (other) => other.startsWith(prefix) && other.endsWith(node) && other !== name,
  };
}

/** The file is V8's cache and a tail: how much bytecode there was, and the kinds of runs it was held against. */
function readCache(file) {
  try {
    const bytes = fs.readFileSync(path.join(file.folder, file.name));
    const end = bytes.length - TAIL_BYTES;
    return { code: bytes.subarray(0, end), tail: bytes.subarray(end) };
  } catch {
    return undefined;
  }
}

/** A folder and those above it. Node's own way never ends where making one says that the folder above is missing. */
function makeFolder(folder) {
  const missing = [];
  for (let at = folder; !fs.existsSync(at); at = path.dirname(at)) missing.unshift(at);
  for (const name of missing) {
    try {
      fs.mkdirSync(name, { mode: 0o700 });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error; // another run was faster
    }
  }
}

/** Whatever goes wrong, the next run just compiles again. */
function writeCache(file, code, tail) {
  try {
    makeFolder(file.folder);
    const target = path.join(file.folder, file.name);
    const beside = `${target}.${process.pid}`;
    fs.writeFileSync(beside, Buffer.concat([code, tail]), { mode: 0o600 });
    fs.renameSync(beside, target);
    for (const name of fs.readdirSync(file.folder))
      if (file.isOld(name)) fs.unlinkSync(path.join(file.folder, name));
  } catch {
    // no cache then
  }
}

/** Runs with equal options compile about the same; which repository it is matters little. */
function kindOf(words) {
  const options = words.filter((word) => word.startsWith('-'));
  const telling = options.map((word) =>
    /^--(?:checks|probes|format)=/.test(word) ? word : word.split('=', 1)[0],
  );
  let hash = 1;
  for (const letter of telling.join(' ')) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return hash;
}

/** The tail with one more kind of run, the oldest left out. */
function tailWith(kind, size, before = Buffer.alloc(TAIL_BYTES)) {
  const tail = Buffer.alloc(TAIL_BYTES);
  before.copy(tail, 8, 4, TAIL_BYTES - 4);
  tail.writeUInt32LE(size, 0);
  tail.writeUInt32LE(kind, 4);
  return tail;
}

function isKnown(tail, kind) {
  for (let at = 4; at < TAIL_BYTES; at += 4) if (tail.readUInt32LE(at) === kind) return true;
  return false;
}

/** Bytes of compiled code; V8 walks its heap for it. */
const bytecode = () => v8.getHeapCodeStatistics().bytecode_and_metadata_size;

/** Keeps what this run compiled when it is a good deal more than the cache holds. */
function keepCode(script, file, cache, kind) {
  if (process.env.NODE_OPTIONS || process.execArgv.length > 0) return; // other flags, other code
  const usable = cache !== undefined && !script.cachedDataRejected;
  const { user, system } = process.cpuUsage();
  if (usable && user + system < QUICK_MICROSECONDS && isKnown(cache.tail, kind)) return;
  const now = bytecode();
  if (usable && now - cache.tail.readUInt32LE(0) < MUCH_NEW * now) {
    if (!isKnown(cache.tail, kind))
      writeCache(file, cache.code, tailWith(kind, cache.tail.readUInt32LE(0), cache.tail));
    return;
  }
  setFlags(SHORT); // V8 compares the flags, too
  writeCache(file, script.createCachedData(), tailWith(kind, now));
}

async function run(words) {
  const stat = fs.statSync(bundle, { throwIfNoEntry: false });
  if (stat === undefined) {
    fs.writeSync(2, 'assay: is not built yet (npm run build)\n');
    process.exitCode = 2;
    return;
  }
  if (words.length === 1 && ['--version', '-V', 'version'].includes(words[0])) {
    fs.writeSync(1, fs.readFileSync(path.join(dist, 'version.txt')));
    return;
  }
  setFlags([...ALWAYS, ...SHORT]);
  const allowOptimising = () => setFlags(LONG);
  setTimeout(allowOptimising, LONG_AFTER_MS).unref();
  const file = cacheFile(stat);
  const cache = file && readCache(file);
  // One function, and ASCII, by its build.
  const source = fs.readFileSync(bundle, 'latin1');
  const script = new vm.Script(source, { filename: bundle, cachedData: cache?.code });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module);
  process.exitCode = await module.exports.main(words, { after: LONG_AFTER_MS, longRun: allowOptimising });
  const judged = process.exitCode !== 1 && process.exitCode !== 2;
  if (file && judged && !['help', 'completion', '--help', '-h'].includes(words[0]))
    keepCode(script, file, cache, kindOf(words));
  // Nothing is left to do: end without taking the heap apart.
  if (process.getActiveResourcesInfo().length === 0) process.exit();
}

run(process.argv.slice(2));
