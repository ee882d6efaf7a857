/** Successful runs of workflows. */
import { type Answer, isKnown, known, type WorkflowRun } from '../../core/index.ts';
import { askRest, mustBeList, mustBeObject, mustBeText } from './rest.ts';
import type { Core, Session } from './session.ts';

const NEEDS = 'Actions: read';
/** Files asked about one by one, before the runs of all of them are listed: most repositories publish by one. */
const ALONE = 2;
const PAGE = 100;
/** Runs of one file, as the reference's page. */
const OF_ONE = 30;

interface Run extends WorkflowRun {
  readonly path: string;
}

/** The door for one repository. A repository with many publishing workflows costs no request for each. */
export function workflowRunsOf(session: Session, core: Core) {
  let files = 0;
  let all: Promise<readonly Run[] | undefined> | undefined;
  return async (file: string): Promise<Answer<readonly WorkflowRun[]>> => {
    files++;
    const runs = files > ALONE ? await (all ??= everyRun(session, core)) : undefined;
    if (runs === undefined) return runsOfOne(session, core, file);
    const own = runs.filter(({ path }) => path === `.github/workflows/${file}`);
    return known(own.slice(0, OF_ONE).map(({ url, headSha }) => ({ url, headSha })));
  };
}

function runsOfOne(session: Session, core: Core, file: string): Promise<Answer<readonly WorkflowRun[]>> {
  const path = `/actions/workflows/${encodeURIComponent(file)}/runs?status=success`;
  return askRest(session, { path, what: `runs of ${file}`, needs: NEEDS }, core.fullName, (json) =>
    mustBeList(mustBeObject(json).workflow_runs).map(runOf),
  );
}

/** Undefined when one page does not hold all of them: a file without runs there may have older ones. */
async function everyRun(session: Session, core: Core): Promise<readonly Run[] | undefined> {
  const path = `/actions/runs?status=success&per_page=${PAGE}`;
  const question = { path, what: 'runs of all workflows', needs: NEEDS };
  const answer = await askRest(session, question, core.fullName, (json) => {
    const { total_count: total, workflow_runs: list } = mustBeObject(json);
    const runs = mustBeList(list).map((raw) => ({
      ...runOf(raw),
      path: mustBeText(raw.path).split('@')[0]!,
    }));
    return total === runs.length ? runs : undefined;
  });
  return isKnown(answer) ? answer.known : undefined;
}

const runOf = (raw: Readonly<Record<string, unknown>>): WorkflowRun => ({
  url: mustBeText(raw.url),
  headSha: mustBeText(raw.head_sha),
});
