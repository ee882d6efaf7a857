import { contextPath, findPlaceholders, type Placeholder } from '../expressions.ts';
import { lineInText, type Step, type Text, type Workflow } from '../model.ts';
import { isDangerousExpression, MAX_INJECTIONS } from '../reference/injection.ts';
import type { Gate } from './gates.ts';
import { callerInputs, type Reach, reachesOf, stepAccess } from './reach.ts';
import { javascriptSinks, mayRunText } from './script-javascript.ts';
import { mayHaveSinks, scriptFacts } from './script-taint.ts';
import { actual, type Surroundings } from './surroundings.ts';
import { calledAction, expressionTaints, type Frame, jobFrame, variableTaints } from './taint.ts';
import type { Taint, Via } from './untrusted.ts';
import { LOW_POWER_EVENTS, SCRIPT_INPUTS } from './untrusted-data.ts';

export type Verdict = 'true' | 'gated' | 'false';

/** A place where text of an outsider does, or seems to, become code. */
export interface Injection {
  readonly path: string;
  readonly job: string;
  /** Line of the expression or command. */
  readonly line: number;
  /** The expression without the braces, or the variable. */
  readonly snippet: string;
  /** Where the text comes from, for instance `github.event.issue.title`. */
  readonly source: string;
  readonly sink: 'script' | 'input' | 'eval' | 'environment-file';
  readonly via: readonly Via[];
  readonly verdict: Verdict;
  /** Events by which it happens: ungated ones if there are any. */
  readonly events: readonly string[];
  /** What holds outsiders back, when it is gated. */
  readonly gate?: Gate;
  /** Low when all its events run without secrets and with a reading token. */
  readonly power: 'high' | 'low';
  /** Why a place that looks bad is fine. */
  readonly reason?: 'no-text' | 'no-event' | 'encoded';
}

interface Found {
  readonly frame: Frame;
  readonly step: number;
  readonly line: number;
  readonly snippet: string;
  readonly sink: Injection['sink'];
  readonly taints: readonly Taint[];
  readonly reason?: Injection['reason'];
}

/** Injections in all workflows of a repository and the local actions they call. Files that are not YAML give none. */
export function findInjections(files: Surroundings): readonly Injection[] {
  const found = new Map<string, Injection>();
  for (const source of files.workflows) {
    const workflow = actual(source);
    if (workflow.jobs.length > 0) addWorkflow(workflow, files, found);
  }
  return [...found.values()];
}

function addWorkflow(workflow: Workflow, files: Surroundings, found: Map<string, Injection>): void {
  const places: Found[] = [];
  const inputs = callerInputs(workflow, files);
  const budget = { left: 50_000 };
  for (const job of workflow.jobs) inspectFrame(jobFrame(workflow, job, files, { inputs, budget }), places);
  if (places.length === 0) return;
  const reaches = reachesOf(workflow, files);
  for (const place of places) keep(found, judge(place, reaches));
}

const RANK: Readonly<Record<Verdict, number>> = { true: 2, gated: 1, false: 0 };

/** The worst verdict of a place counts, whoever calls it. */
function keep(found: Map<string, Injection>, injection: Injection): void {
  const key = `${injection.path}:${injection.line}:${injection.sink}:${injection.snippet}`;
  const known = found.get(key);
  if (known === undefined || RANK[injection.verdict] > RANK[known.verdict]) found.set(key, injection);
}

function inspectFrame(frame: Frame, places: Found[]): void {
  for (const [index, step] of frame.steps.entries()) {
    if (places.length > MAX_INJECTIONS) return;
    if (step.run !== undefined) inspectScript(frame, index, step.run, places);
    else if (step.uses !== undefined) {
      inspectInputs(frame, index, step, step.uses.value, places);
      const called = calledAction(frame, index);
      if (called !== undefined) inspectFrame(called.frame, places);
    }
  }
}

function inspectScript(frame: Frame, index: number, run: Text, places: Found[]): void {
  if (run.value.includes('${{')) {
    for (const placeholder of findPlaceholders(run.value)) {
      if (places.length > MAX_INJECTIONS) return;
      addPlaceholder(frame, index, run, placeholder, 'script', places);
    }
  }
  if (!mayHaveSinks(run.value)) return;
  for (const { offset, kind, variable, taints } of scriptFacts(frame, index).sinks) {
    places.push({ frame, step: index, line: lineInText(run, offset), snippet: variable, sink: kind, taints });
  }
}

function inspectInputs(frame: Frame, index: number, step: Step, uses: string, places: Found[]): void {
  const at = uses.indexOf('@');
  const scripts = SCRIPT_INPUTS[(at < 0 ? uses : uses.slice(0, at)).toLowerCase()];
  const isShellImage = uses.startsWith('docker://') && step.inputs.some(runsShell);
  for (const input of step.inputs) {
    const language = scripts?.[input.name] ?? (isShellImage && input.name === 'args' ? 'shell' : undefined);
    if (language === undefined) continue;
    if (language === 'javascript' && mayRunText(input.value)) inspectJavascript(frame, index, input, places);
    if (!input.value.includes('${{')) continue;
    for (const placeholder of findPlaceholders(input.value)) {
      const encoded =
        language === 'javascript' &&
        (isEncoded(input.value, placeholder) || isJsonOutput(frame, input.value, placeholder));
      addPlaceholder(frame, index, input, placeholder, 'input', places, encoded);
    }
  }
}

/** What a script hands to a shell, or has parsed as code, at run time. */
function inspectJavascript(frame: Frame, index: number, input: Text, places: Found[]): void {
  const sinks = javascriptSinks(input.value, (name) => variableTaints(frame, index, name));
  for (const { offset, snippet, taints } of sinks)
    places.push({ frame, step: index, line: lineInText(input, offset), snippet, sink: 'eval', taints });
}

function runsShell({ name, value }: { name: string; value: string }): boolean {
  return (
    (name === 'entrypoint' && /(?:^|\/)(?:ba|da|z)?sh$/.test(value)) ||
    (name === 'args' && (/^-\w*c\b/.test(value) || /\b(?:ba)?sh\b.{0,200}-c\b/.test(value)))
  );
}

/** JSON is a value of JavaScript as it stands, unless it lies inside quotes. */
function isEncoded(text: string, { start, expression }: Placeholder): boolean {
  return expression?.kind === 'call' && expression.name === 'tojson' && !/['"`]$/.test(text.slice(0, start));
}

/** An output that its action writes as plain JSON, outside quotes. */
function isJsonOutput({ steps }: Frame, text: string, { start, expression }: Placeholder): boolean {
  const path = expression === undefined ? undefined : contextPath(expression);
  if (path?.[0] !== 'steps' || /['"`]$/.test(text.slice(0, start))) return false;
  const step = steps.find(({ id }) => id?.value.toLowerCase() === path[1]);
  const input = (name: string): string | undefined => step?.inputs.find((one) => one.name === name)?.value;
  return (
    /^tj-actions\/changed-files@/i.test(step?.uses?.value ?? '') &&
    input('json') === 'true' &&
    input('escape_json') === 'false'
  );
}

function addPlaceholder(
  frame: Frame,
  step: number,
  text: Text,
  placeholder: Placeholder,
  sink: 'script' | 'input',
  places: Found[],
  encoded = false,
): void {
  const { expression, inner, start } = placeholder;
  const all = expression === undefined ? [] : expressionTaints(frame, step, expression);
  const taints = all.filter((taint) => taint.text);
  const looksBad = taints.length > 0 || (sink === 'script' && isDangerousExpression(inner));
  if (!looksBad) return;
  const reason = encoded ? 'encoded' : taints.length === 0 ? 'no-text' : undefined;
  places.push({ frame, step, line: lineInText(text, start), snippet: inner.trim(), sink, taints, reason });
}

/** True when this event fills the text of the taint with words of an outsider. */
function fills({ occasion, fixedBranch }: Reach, { source, events }: Taint): boolean {
  if (!events.has(occasion.event)) return false;
  if (!source.startsWith('github.event.workflow_run.')) return true;
  if (source.endsWith('.head_branch') && fixedBranch) return false;
  // A push can only come from somebody with write access; the message of a commit may still be an outsider's.
  return occasion.origin !== 'push' || source.includes('.head_commit.') || source.endsWith('.display_title');
}

function judge(place: Found, reaches: readonly Reach[]): Injection {
  const { frame, step, line, snippet, sink, taints, reason } = place;
  const open = new Set<string>();
  const gated = new Map<string, Gate>();
  let source = taints[0];
  for (const taint of reason === undefined ? taints : []) {
    if (!taint.text) continue;
    for (const reach of reaches) {
      if (!fills(reach, taint)) continue;
      const access = stepAccess(frame, step, reach);
      if (access.kind === 'never') continue;
      if (access.kind === 'gated') gated.set(reach.occasion.event, access.gates[0]!);
      else {
        if (open.size === 0) source = taint;
        open.add(reach.occasion.event);
      }
    }
  }
  const verdict: Verdict = open.size > 0 ? 'true' : gated.size > 0 ? 'gated' : 'false';
  const events = verdict === 'true' ? [...open] : [...gated.keys()];
  return {
    path: frame.path,
    job: frame.job?.id ?? '',
    line,
    snippet,
    source: source?.source ?? '',
    sink,
    via: source?.via ?? [],
    verdict,
    events,
    gate: verdict === 'gated' ? [...gated.values()][0] : undefined,
    power: events.length > 0 && events.every((event) => LOW_POWER_EVENTS.has(event)) ? 'low' : 'high',
    reason: verdict === 'false' ? (reason ?? 'no-event') : undefined,
  };
}
