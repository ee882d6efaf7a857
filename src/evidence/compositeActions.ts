import { perFile } from '../core/index.ts';
import { type Action, parseAction } from '../parse/workflow/index.ts';

/** Actions the repository defines itself, wherever they are. The reference does not look at them. */
export const compositeActions = perFile<Action>({
  id: 'compositeActions',
  version: 1,
  read: 'whole',
  paths: { names: ['action.yml', 'action.yaml'], where: (path) => !path.testData },
  maxBytes: 1024 * 1024,
  visit: (file) => {
    const action = parseAction(file.bytes, file.path);
    // Many projects have other files of this name.
    return action.error === undefined && action.using !== undefined ? [action] : [];
  },
});
