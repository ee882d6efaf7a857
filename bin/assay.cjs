#!/usr/bin/env node
'use strict';
// Plain old JavaScript up to the version test, so that every Node can say what is wrong.
var LEAST = 24;
var path = require('path');
var fs = require('fs');
var dist = path.join(__dirname, '..', 'dist');

function stop(line) {
  process.stderr.write('assay: ' + line + '\n');
  process.exit(2);
}

function cacheFolder() {
  var env = process.env;
  if (process.platform === 'win32') return env.LOCALAPPDATA && path.join(env.LOCALAPPDATA, 'assay', 'cache');
  if (env.XDG_CACHE_HOME) return path.join(env.XDG_CACHE_HOME, 'assay');
  if (process.platform === 'darwin') return env.HOME && path.join(env.HOME, 'Library', 'Caches', 'assay');
  return env.HOME && path.join(env.HOME, '.cache', 'assay');
}

// Start-up halves when V8 need not compile again. Without a writable folder Node goes on without.
function useCompileCache() {
  var folder = cacheFolder();
  if (folder) require('module').enableCompileCache(path.join(folder, 'compiled'));
}

if (parseInt(process.versions.node, 10) < LEAST) {
  stop('needs Node ' + LEAST + ' or newer, this is ' + process.versions.node + ' (https://nodejs.org)');
}
var words = process.argv.slice(2);
var only = words.length === 1 && words[0];
if (!fs.existsSync(path.join(dist, 'assay.cjs'))) stop('is not built yet (npm run build)');
if (only === '--version' || only === '-V' || only === 'version') {
  fs.writeSync(1, fs.readFileSync(path.join(dist, 'version.txt')));
} else {
  useCompileCache();
  require('../dist/assay.cjs')
    .main(words)
    .then(function (code) {
      process.exitCode = code;
    });
}
