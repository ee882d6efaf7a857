/** Settings of analysers, by file name: the tool is set up, whether or not a pipeline of the repository runs it. */
import { perFile } from '../core/index.ts';
import {
  ANALYSIS_FILE_NAMES,
  type AnalysisSetting,
  analysisSettingOf,
  readPreCommit,
} from '../parse/analysis-settings.ts';

export type { AnalysisSetting };

export const analysisConfigs = perFile<AnalysisSetting>({
  id: 'analysisConfigs',
  version: 1,
  read: 'name',
  paths: {
    names: ANALYSIS_FILE_NAMES,
    where: (path) => analysisSettingOf(path.path) !== undefined,
  },
  visit: (file) => {
    const found = analysisSettingOf(file.path);
    return found === undefined ? [] : [{ path: file.path, line: 1, ...found }];
  },
});

/** Analysers among the hooks of pre-commit. */
export const analysisHooks = perFile<AnalysisSetting>({
  id: 'analysisHooks',
  version: 1,
  read: 'whole',
  maxBytes: 256 * 1024,
  paths: {
    names: ['.pre-commit-config.yaml', '.pre-commit-config.yml'],
    where: (path) => path.folder === '',
  },
  visit: (file) => readPreCommit(file.text(), file.path),
});
