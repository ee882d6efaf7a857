#!/usr/bin/env node
'use strict';
// Plain old JavaScript, so that every Node can say what is wrong. Nothing is loaded before the version test.
var LEAST = 24;

if (parseInt(process.versions.node, 10) < LEAST) {
  process.stderr.write(
    'assay: needs Node ' + LEAST + ' or newer, this is ' + process.versions.node + ' (https://nodejs.org)\n'
  );
  process.exit(2);
}
require('./run.cjs');
