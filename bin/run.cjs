'use strict';
// Loads the bundle with V8's compiled code from the last run. Node's own compile cache keeps only what is compiled at
// loading, which leaves half of the work to every run; a cache taken at the end of a scan holds what scans use.
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const dist = path.join(__dirname, '..', 'dist');
const bundle = path.join(dist, 'assay.cjs');
/** A run so many times longer than the one the cache was taken from has compiled a good deal more. */
const MUCH_LONGER = 1.5;

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

/** Four bytes at the end say how many milliseconds the run took that the cache was taken from. */
function readCache(file) {
  try {
    const bytes = fs.readFileSync(path.join(file.folder, file.name));
    return { code: bytes.subarray(0, -4), milliseconds: bytes.readUInt32LE(bytes.length - 4) };
  } catch {
    return undefined;
  }
}

/** Whatever goes wrong, the next run just compiles again. */
function writeCache(file, code, milliseconds) {
  try {
    fs.mkdirSync(file.folder, { recursive: true, mode: 0o700 });
    const target = path.join(file.folder, file.name);
    const beside = `${target}.${process.pid}`;
    const trailer = Buffer.alloc(4);
    trailer.writeUInt32LE(Math.ceil(milliseconds));
    fs.writeFileSync(beside, Buffer.concat([code, trailer]), { mode: 0o600 });
    fs.renameSync(beside, target);
    for (const name of fs.readdirSync(file.folder))
      if (file.isOld(name)) fs.unlinkSync(path.join(file.folder, name));
  } catch {
    // no cache then
  }
}

/** Keeps what this run compiled when it is more than the cache holds. */
function keepCode(script, file, cache) {
  if (process.env.NODE_OPTIONS || process.execArgv.length > 0) return; // other flags, other code
  const milliseconds = performance.now();
  const usable = cache !== undefined && !script.cachedDataRejected;
  if (usable && milliseconds < MUCH_LONGER * cache.milliseconds) return;
  writeCache(file, script.createCachedData(), milliseconds);
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
  const file = cacheFile(stat);
  const cache = file && readCache(file);
  // The bundle is ASCII by its build.
  const source = `(function(exports,require,module){${fs.readFileSync(bundle, 'latin1')}\n})`;
  const script = new vm.Script(source, { filename: bundle, cachedData: cache?.code });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module);
  process.exitCode = await module.exports.main(words);
  const judged = process.exitCode !== 1 && process.exitCode !== 2;
  if (file && judged && !['help', 'completion', '--help', '-h'].includes(words[0]))
    keepCode(script, file, cache);
}

run(process.argv.slice(2));
