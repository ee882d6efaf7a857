/** What the pipelines of a repository publish and analyse, its task runners followed. */
import { derive } from '../core/index.ts';
import {
  type AnalysisKind,
  actual,
  findAnalyses,
  findPublishers,
  type Publisher,
  scriptPublisher,
  scriptTools,
  taskPublisher,
  taskTool,
  type Workflow,
} from '../parse/workflow/index.ts';
import { analysisConfigs, analysisHooks } from './analysisConfigs.ts';
import { ciFiles } from './ciFiles.ts';
import { compositeActions } from './compositeActions.ts';
import { taskFiles } from './taskFiles.ts';
import { workflows } from './workflows.ts';
import { surroundings } from './workflowTruth.ts';

export type { Publisher };

/** Where a tool of static analysis is run, or only set up. */
export interface Analysis {
  readonly path: string;
  readonly line: number;
  readonly tool: string;
  readonly kind: AnalysisKind;
  readonly runs: boolean;
}

const needs = { workflows, compositeActions, taskFiles, ciFiles };

/** Publishing steps of workflows and scripts of other pipelines. */
export const publishers = derive({
  id: 'publishers',
  version: 1,
  needs,
  derive: ({ taskFiles, ciFiles, ...files }, about): readonly Publisher[] => [
    ...findPublishers({ ...surroundings(files, about), tasks: taskFiles }),
    ...ciFiles.flatMap(({ path, scripts, tasks }) => [
      ...scripts.flatMap(({ text, line }) => {
        const found = scriptPublisher(text);
        return found === undefined ? [] : [{ path, job: '', line, ...found, isCalled: false }];
      }),
      ...tasks.flatMap(({ name, command, line }) => {
        const what = taskPublisher(name, command);
        return what === undefined ? [] : [{ path, job: '', line, by: name, what, isCalled: false }];
      }),
    ]),
  ],
});

/** Tools of static analysis: those that pipelines run, then those that are only set up; each once per file. */
export const analyses = derive({
  id: 'analyses',
  version: 1,
  needs: { ...needs, analysisConfigs, analysisHooks },
  derive: ({ taskFiles, ciFiles, analysisConfigs, analysisHooks, ...files }, about): readonly Analysis[] => {
    const found = new Map<string, Analysis>();
    const add = ({ path, line, tool, kind }: Omit<Analysis, 'runs'>, runs: boolean): void => {
      const key = `${path}\0${tool}`;
      if (!found.has(key)) found.set(key, { path, line, tool, kind, runs });
    };
    for (const one of findAnalyses({ ...surroundings(files, about), tasks: taskFiles })) add(one, true);
    for (const { path, scripts, tasks } of ciFiles) {
      for (const { name, line } of tasks) {
        const tool = taskTool(name);
        if (tool !== undefined) add({ path, line, tool: tool[0], kind: tool[1] }, true);
      }
      for (const { text, line } of scripts)
        for (const [tool, kind] of scriptTools(text)) add({ path, line, tool, kind }, true);
    }
    const running = new Set([...found.values()].map(({ tool }) => tool));
    const runsHooks = analysisHooks.length > 0 && files.workflows.some(runsPreCommit);
    for (const one of analysisHooks) if (!running.has(one.tool)) add(one, runsHooks);
    for (const one of analysisConfigs) if (!running.has(one.tool)) add(one, false);
    return [...found.values()];
  },
});

function runsPreCommit(workflow: Workflow): boolean {
  return actual(workflow).jobs.some(({ steps }) =>
    steps.some(
      ({ uses, run }) =>
        /^(?:pre-commit\/action|j178\/prek-action|tox-dev\/action-pre-commit-uv)@/i.test(uses?.value ?? '') ||
        /\b(?:pre-commit|prek) run\b/.test(run?.value ?? ''),
    ),
  );
}
