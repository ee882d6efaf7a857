// Loaded before the program (node --require): counts how often each file below the target is opened, and says so on
// standard error at the end. An independent witness beside the program's own --stats.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const root = `${path.resolve(process.env.ASSAY_BENCH_ROOT)}${path.sep}`;
const opens = new Map();
for (const name of ['openSync', 'readFileSync']) {
  const original = fs[name];
  fs[name] = (file, ...rest) => {
    if (typeof file === 'string') {
      const full = path.resolve(file);
      if (full.startsWith(root) && !full.startsWith(`${root}.git${path.sep}`))
        opens.set(full, (opens.get(full) ?? 0) + 1);
    }
    return original.call(fs, file, ...rest);
  };
}
process.on('exit', () => {
  const most = Math.max(0, ...opens.values());
  fs.writeSync(2, `opens ${JSON.stringify({ files: opens.size, most })}\n`);
});
