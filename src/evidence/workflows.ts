import { perFile } from '../core/index.ts';
import { parseWorkflow, type Workflow } from '../parse/workflow/index.ts';

/** GitHub Actions workflows, as a plain model with lines. Which files count: file-checks 1.6. */
export const workflows = perFile<Workflow>({
  id: 'workflows',
  version: 1,
  read: 'whole',
  paths: {
    folders: ['.github/workflows'],
    where: (path) => path.base.endsWith('.yml') || path.base.endsWith('.yaml'),
  },
  visit: (file) => [parseWorkflow(file.bytes, file.path)],
});
