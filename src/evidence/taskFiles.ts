import { perFile } from '../core/index.ts';
import { parseTaskFile, type TaskFile, taskRunnerOf } from '../parse/workflow/index.ts';

/** Tasks that publish, analyse or call others, as workflows may call them. The reference follows no such call. */
export const taskFiles = perFile<TaskFile>({
  id: 'taskFiles',
  version: 1,
  read: 'whole',
  maxBytes: 256 * 1024,
  paths: {
    names: [
      'makefile',
      'gnumakefile',
      'package.json',
      'justfile',
      '.justfile',
      'taskfile.yml',
      'taskfile.yaml',
    ],
    extensions: ['sh', 'bash', 'ps1'],
    where: (path) => !path.testData && taskRunnerOf(path.path) !== undefined,
  },
  visit: (file) => {
    const found = parseTaskFile(file.text(), file.path);
    return found === undefined ? [] : [found];
  },
});
