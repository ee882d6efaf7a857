/** `--stats`: what a scan cost. */
import type { Stats } from '../core/index.ts';

/** A table for people. */
export function statsText(stats: Stats): string {
  const lines = [
    `files seen    ${stats.filesSeen}`,
    `files opened  ${stats.filesOpened}`,
    `bytes read    ${stats.bytesRead}`,
    `files parsed  ${stats.filesParsed} (${stats.parses} parses)`,
    ...section('phase', stats.phases, ms),
    ...section('evidence', stats.evidence, ms),
    ...section('probe', stats.probes, ms),
    ...section('requests', stats.requests, String),
  ];
  return `${lines.join('\n')}\n`;
}

const ms = (value: number): string => `${value.toFixed(2)} ms`;

function section(
  title: string,
  rows: Readonly<Record<string, number>>,
  show: (value: number) => string,
): string[] {
  const sorted = Object.entries(rows).sort((a, b) => b[1] - a[1]);
  return sorted.map(([name, value]) => `${title.padEnd(10)} ${show(value).padStart(12)}  ${name}`);
}
