/** Workflows and their runs. */
import { notFound } from '../../http/exchange.ts';
import { isAdmin } from '../../model/rules.ts';
import type { Repo } from '../../model/types.ts';
import { baseName, nodeId, numId } from '../../text.ts';
import { type Call, json, list } from '../reply.ts';
import type { RepoRoutes } from '../router.ts';
import { apiUrl, webUrl } from '../shapes/repository.ts';
import { inaccessible } from './repository.ts';

interface Workflow {
  readonly id: number;
  readonly path: string;
  readonly name: string;
}

interface Run {
  readonly id: number;
  readonly workflow: string;
  readonly workflow_id: number;
  readonly name: string;
  readonly number: number;
  readonly head_branch: string;
  readonly head_sha: string | undefined;
  readonly event: string;
  readonly status: string;
  readonly conclusion: string | null;
}

export const actionRoutes: RepoRoutes = {
  '/actions/workflows': (c, r) =>
    list(c, workflowsOf(r), (w) => workflowShape(c, r, w), { wrap: 'workflows' }),
  '/actions/workflows/{id}': (c, r) => json(workflowShape(c, r, findWorkflow(c, r))),
  '/actions/workflows/{id}/runs': (c, r) => {
    const name = baseName(findWorkflow(c, r).path);
    const runs = filtered(
      c,
      runsOf(r).filter((run) => run.workflow === name),
    );
    return list(c, runs, (run) => runShape(c, r, run), { wrap: 'workflow_runs' });
  },
  '/actions/runs': (c, r) =>
    list(c, filtered(c, runsOf(r)), (run) => runShape(c, r, run), { wrap: 'workflow_runs' }),
  '/actions/permissions/workflow': (_, r) => {
    if (!isAdmin(r)) throw inaccessible(r);
    const default_workflow_permissions = r.default_workflow_permissions ?? 'read';
    return json({ default_workflow_permissions, can_approve_pull_request_reviews: false });
  },
};

function workflowsOf(r: Repo): Workflow[] {
  const files = r.files.filter((f) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(f.path));
  return files.map(({ path, content }) => ({
    id: numId(`${r.full_name}:${path}`),
    path,
    name: /^name:[ \t]*(\S.*)$/m.exec(content.toString())?.[1]?.trim() ?? path,
  }));
}

function findWorkflow(c: Call, r: Repo): Workflow {
  const id = decodeURIComponent(c.params.id ?? '');
  const workflow = workflowsOf(r).find((w) => String(w.id) === id || baseName(w.path) === id);
  if (!workflow) throw notFound();
  return workflow;
}

function runsOf(r: Repo): Run[] {
  const workflows = workflowsOf(r);
  return r.workflowRuns.map((run, i) => {
    const workflow = workflows.find((w) => baseName(w.path) === run.workflow);
    return {
      id: numId(`${r.full_name}:run${i}`),
      workflow: run.workflow,
      workflow_id: workflow?.id ?? 0,
      name: workflow?.name ?? run.workflow,
      number: i + 1,
      head_branch: run.head_branch ?? r.default_branch,
      head_sha: headOf(r, run.head_sha ?? 'HEAD'),
      event: run.event ?? 'push',
      status: run.status ?? 'completed',
      conclusion: run.conclusion === undefined ? 'success' : run.conclusion,
    };
  });
}

/** "HEAD", "~2" (commits before the head) or an id. */
function headOf(r: Repo, text: string): string | undefined {
  if (text === 'HEAD') return r.head;
  return /^~\d+$/.test(text) ? r.commits[Number(text.slice(1))]?.sha : text;
}

function filtered(c: Call, runs: readonly Run[]): Run[] {
  const wanted = (name: string, ...values: readonly (string | null | undefined)[]): boolean => {
    const value = c.query.get(name);
    return !value || values.includes(value);
  };
  return runs.filter(
    (run) =>
      wanted('status', run.status, run.conclusion) &&
      wanted('branch', run.head_branch) &&
      wanted('event', run.event) &&
      wanted('head_sha', run.head_sha),
  );
}

const workflowShape = (c: Call, r: Repo, w: Workflow): object => ({
  id: w.id,
  node_id: nodeId('Workflow', w.id),
  name: w.name,
  path: w.path,
  state: 'active',
  created_at: r.created_at,
  updated_at: r.updated_at,
  url: `${apiUrl(c, r)}/actions/workflows/${w.id}`,
  html_url: `${webUrl(c, r)}/blob/${r.default_branch}/${w.path}`,
  badge_url: `${webUrl(c, r)}/workflows/${encodeURIComponent(w.name)}/badge.svg`,
});

function runShape(c: Call, r: Repo, { workflow, number, ...run }: Run): object {
  return {
    ...run,
    node_id: nodeId('Run', run.id),
    path: `.github/workflows/${workflow}`,
    run_number: number,
    url: `${apiUrl(c, r)}/actions/runs/${run.id}`,
    html_url: `${webUrl(c, r)}/actions/runs/${run.id}`,
    created_at: r.pushed_at,
    updated_at: r.pushed_at,
  };
}
