/** Pipelines beside GitHub Actions, compose and devcontainer files. The reference looks at none of them here. */
import { perFile } from '../core/index.ts';
import { type CiFile, ciFormatOf, parseCiFile } from '../parse/ci/index.ts';
import {
  analyzePowershell,
  analyzeWorkflowScript,
  newShellMemory,
  type Truth,
} from '../parse/shell/index.ts';
import { imageVerdict } from '../parse/workflow/index.ts';
import type { Dependency } from './dependencies.ts';
import { type PinningPaths, settle } from './pinningFiles.ts';

export const ciFiles = perFile<CiFile>({
  id: 'ciFiles',
  version: 1,
  read: 'whole',
  maxBytes: 1024 * 1024,
  paths: {
    extensions: ['yml', 'yaml', 'json'],
    where: (path) => !path.testData && ciFormatOf(path.path) !== undefined,
  },
  visit: (file) => {
    const found = parseCiFile(file.text(), file.path);
    return found === undefined || found.images.length + found.scripts.length + found.tasks.length === 0
      ? []
      : [found];
  },
});

/** What such a file fetches. */
export function ciDependencies({ path, images, scripts }: CiFile, files: PinningPaths): Dependency[] {
  const memory = newShellMemory();
  const isLocked = files.locks.some((name) => name.endsWith('devcontainer-lock.json'));
  const found: Dependency[] = images.map(({ value, line, isFeature }) => ({
    type: 'containerImage',
    path,
    startLine: line,
    endLine: line,
    snippet: value,
    name: value,
    truth: isFeature && isLocked ? { verdict: 'pinned', why: 'lockfile' } : imageVerdict(value),
  }));
  for (const { language, text, line } of scripts) {
    if (language === 'shell') {
      const { records } = analyzeWorkflowScript(text, { line, textLine: line, memory, views: 'truth' });
      for (const { type, text: snippet, truth, startLine, endLine } of records)
        if (truth) found.push(install(path, type, snippet, truth, startLine, endLine, files));
    } else {
      for (const { type, text: snippet, truth, startLine, endLine } of analyzePowershell(text))
        found.push(install(path, type, snippet, truth, line + startLine - 1, line + endLine - 1, files));
    }
  }
  return found.filter(({ truth }) => truth?.verdict !== 'not-a-download');
}

function install(
  path: string,
  type: string,
  snippet: string,
  truth: Truth,
  startLine: number,
  endLine: number,
  files: PinningPaths,
): Dependency {
  return { type, path, startLine, endLine, snippet, truth: settle(truth, files) };
}
