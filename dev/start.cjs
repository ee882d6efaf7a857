// `npm start -- words`: builds when a source changed, then runs the program in this process. Plain JavaScript, because
// stripping types costs more than everything else here. Nothing of its own goes to standard output.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const stampFile = path.join(root, 'dist', 'stamp.txt');

/** Sizes and times of everything the bundle is made of. */
function stamp() {
  const parts = [];
  const add = (name) => {
    const stat = fs.statSync(path.join(root, name));
    if (stat.isDirectory()) {
      for (const child of fs.readdirSync(path.join(root, name)).sort()) add(`${name}/${child}`);
    } else parts.push(`${name} ${stat.size} ${stat.mtimeMs}`);
  };
  for (const name of ['src', 'probes', 'checks', 'dev/build.ts', 'package.json', 'package-lock.json'])
    add(name);
  return parts.join('\n');
}

function isFresh(now) {
  try {
    return fs.readFileSync(stampFile, 'utf8') === now && fs.existsSync(path.join(root, 'dist', 'assay.cjs'));
  } catch {
    return false;
  }
}

async function start() {
  const now = stamp();
  if (!isFresh(now)) {
    const { buildCommandLine } = await import('./build.ts');
    await buildCommandLine();
    fs.writeFileSync(stampFile, now);
  }
  require('../bin/assay.cjs');
}

start().catch((error) => {
  const denied = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(error.code);
  process.stderr.write(
    denied
      ? `assay: dist/ cannot be written (${error.code}): run npm start once as a user who may, in a folder with room\n`
      : `assay: the build failed (npm ci, then again): ${error.message}\n`,
  );
  process.exitCode = denied ? 2 : 1;
});
