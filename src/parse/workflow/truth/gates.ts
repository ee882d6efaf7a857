import { contextPath, type Expression, parseCondition } from '../expressions.ts';
import type { Text, Trigger } from '../model.ts';

// Who gets past a condition. A condition is judged for one event caused by an outsider: somebody who is no member,
// works from a fork, sets no labels. What that decides is told by a gate; everything else stays open.

/** What holds an outsider back (verdicts). */
export type Gate =
  | 'association'
  | 'author'
  | 'label'
  | 'environment'
  | 'same-repository'
  | 'dispatch-only'
  | 'merge'
  | 'checkout-guard';

/** An event as an outsider causes it. `origin` is the event behind a `workflow_run`. */
export interface Occasion {
  readonly event: string;
  readonly origin?: string;
}

/** Undefined value: open. Gates tell what made a value false (or, negated, true). */
export interface Judgement {
  readonly value: boolean | undefined;
  readonly gates: readonly Gate[];
}

const OPEN: Judgement = { value: undefined, gates: [] };
const YES: Judgement = { value: true, gates: [] };
const NO: Judgement = { value: false, gates: [] };

/** Associations that an outsider can have. */
const OUTSIDERS = new Set(['NONE', 'FIRST_TIMER', 'FIRST_TIME_CONTRIBUTOR', 'CONTRIBUTOR', 'MANNEQUIN']);
const INSIDERS = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/** Types of events that only people with rights in the repository can cause. */
const LABEL_TYPES = new Set(['labeled', 'unlabeled']);
const INSIDER_TYPES = new Set([
  ...LABEL_TYPES,
  'assigned',
  'unassigned',
  'milestoned',
  'demilestoned',
  'pinned',
]);

/** Values that conditions test and that are known of an outsider's event. */
type Fact =
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'association' }
  | { readonly kind: 'author' }
  | { readonly kind: 'label' }
  | { readonly kind: 'action' }
  | { readonly kind: 'head-repository' }
  | { readonly kind: 'base-repository' }
  | { readonly kind: 'ref'; readonly prefix: string }
  | { readonly kind: 'flag'; readonly value: boolean; readonly gate: Gate };

/** Judges a condition; an absent one lets everybody pass. `isCheck` tells which outputs come of a permission check. */
export function judgeCondition(
  condition: Text | undefined,
  occasion: Occasion,
  isCheck: (path: readonly string[]) => boolean = () => false,
): Judgement {
  if (condition === undefined) return YES;
  const expression = parseCondition(condition.value);
  return expression === undefined ? OPEN : judge(expression, occasion, isCheck);
}

/**
 * The texts that an expression of the form `test && 'a' || 'b'` can have for an event; undefined when it is of another
 * form.
 */
export function chosenTexts(text: string, occasion: Occasion): readonly string[] | undefined {
  const expression = parseCondition(text);
  return expression === undefined ? undefined : textsOf(expression, occasion);
}

function textsOf(expression: Expression, occasion: Occasion): readonly string[] | undefined {
  if (expression.kind === 'literal') return [String(expression.value)];
  if (
    expression.kind === 'call' &&
    expression.name.toLowerCase() === 'fromjson' &&
    expression.args.length === 1
  )
    return textsOf(expression.args[0]!, occasion);
  if (expression.kind !== 'binary' || expression.operator !== '||') return undefined;
  const { left, right } = expression;
  const otherwise = textsOf(right, occasion);
  if (left.kind !== 'binary' || left.operator !== '&&' || otherwise === undefined) return undefined;
  const then = textsOf(left.right, occasion);
  if (then === undefined) return undefined;
  const { value, gates } = judge(left.left, occasion, () => false);
  if (value === undefined || gates.length > 0) return [...then, ...otherwise];
  return value ? then : otherwise;
}

type IsCheck = (path: readonly string[]) => boolean;

function judge(expression: Expression, occasion: Occasion, isCheck: IsCheck): Judgement {
  switch (expression.kind) {
    case 'literal':
      return expression.value ? YES : NO;
    case 'not': {
      const { value, gates } = judge(expression.operand, occasion, isCheck);
      return value === undefined ? OPEN : { value: !value, gates };
    }
    case 'call':
      return judgeCall(expression.name, expression.args, occasion, isCheck);
    case 'binary':
      return judgeBinary(expression, occasion, isCheck);
    default:
      return judgeValue(expression, occasion, isCheck);
  }
}

function judgeBinary(
  expression: Expression & { kind: 'binary' },
  occasion: Occasion,
  isCheck: IsCheck,
): Judgement {
  const { operator, left, right } = expression;
  if (operator === '&&' || operator === '||') {
    const first = judge(left, occasion, isCheck);
    const second = judge(right, occasion, isCheck);
    return operator === '&&' ? both(first, second) : either(first, second);
  }
  if (operator !== '==' && operator !== '!=') return OPEN;
  const result = compare(left, right, occasion, isCheck);
  if (operator === '==' || result.value === undefined) return result;
  return { value: !result.value, gates: result.gates };
}

function both(first: Judgement, second: Judgement): Judgement {
  if (first.value === false || second.value === false) {
    // A part that rules the event out altogether counts more than one that holds somebody back.
    if (isPlainNo(first) || isPlainNo(second)) return NO;
    const gates = [
      ...(first.value === false ? first.gates : []),
      ...(second.value === false ? second.gates : []),
    ];
    return { value: false, gates };
  }
  return first.value && second.value ? YES : OPEN;
}

function isPlainNo({ value, gates }: Judgement): boolean {
  return value === false && gates.length === 0;
}

function either(first: Judgement, second: Judgement): Judgement {
  if (first.value || second.value) return YES;
  if (first.value === false && second.value === false)
    return { value: false, gates: [...first.gates, ...second.gates] };
  return OPEN;
}

function literalOf(expression: Expression): string | boolean | undefined {
  if (expression.kind !== 'literal' || expression.value === null) return undefined;
  return typeof expression.value === 'boolean' ? expression.value : String(expression.value);
}

function compare(left: Expression, right: Expression, occasion: Occasion, isCheck: IsCheck): Judgement {
  const facts = [factOf(left, occasion), factOf(right, occasion)];
  const literal = literalOf(left) ?? literalOf(right);
  if (facts.some((fact) => fact?.kind === 'head-repository')) {
    const withBase = facts.some((fact) => fact?.kind === 'base-repository');
    return withBase || typeof literal === 'string' ? gated('same-repository') : OPEN;
  }
  const fact = facts[0] ?? facts[1];
  if (fact === undefined) {
    return isCheckOutput(left, isCheck) || isCheckOutput(right, isCheck) ? gated('association') : OPEN;
  }
  if (fact.kind === 'flag') {
    const wanted = literal === undefined ? undefined : literal === true || literal === 'true';
    return wanted === undefined ? OPEN : { value: fact.value === wanted, gates: [fact.gate] };
  }
  return typeof literal === 'string' ? compareText(fact, literal) : OPEN;
}

function compareText(fact: Fact, literal: string): Judgement {
  switch (fact.kind) {
    case 'word':
      return fact.value.toLowerCase() === literal.toLowerCase() ? YES : NO;
    case 'association':
      if (INSIDERS.has(literal.toUpperCase())) return gated('association');
      return OPEN;
    case 'author':
      return gated('author');
    case 'label':
      return gated('label');
    case 'action':
      return INSIDER_TYPES.has(literal) ? gated('label') : OPEN;
    case 'ref':
      return literal.startsWith(fact.prefix) ? OPEN : NO;
    default:
      return OPEN;
  }
}

function gated(gate: Gate): Judgement {
  return { value: false, gates: [gate] };
}

function isCheckOutput(expression: Expression, isCheck: IsCheck): boolean {
  const path = contextPath(expression);
  return path !== undefined && isCheck(path);
}

function judgeValue(expression: Expression, occasion: Occasion, isCheck: IsCheck): Judgement {
  const fact = factOf(expression, occasion);
  if (fact?.kind === 'flag') return { value: fact.value, gates: [fact.gate] };
  return isCheckOutput(expression, isCheck) ? gated('association') : OPEN;
}

/** The text values of `fromJSON('[...]')` or of a plain text. */
function listOf(expression: Expression): readonly string[] | undefined {
  const inner = expression.kind === 'call' && expression.name === 'fromjson' ? expression.args[0] : undefined;
  const text = inner?.kind === 'literal' ? inner.value : undefined;
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(String) : undefined;
  } catch {
    return undefined;
  }
}

function judgeCall(
  name: string,
  args: readonly Expression[],
  occasion: Occasion,
  isCheck: IsCheck,
): Judgement {
  const [first, second] = args;
  if (name === 'always' || name === 'success') return YES;
  if (first === undefined || second === undefined) return OPEN;
  if (name === 'contains') return judgeContains(first, second, occasion, isCheck);
  if (name === 'startswith') {
    const fact = factOf(first, occasion);
    const literal = literalOf(second);
    if (fact === undefined || typeof literal !== 'string') return OPEN;
    if (fact.kind === 'word') return fact.value.startsWith(literal.toLowerCase()) ? YES : NO;
    if (fact.kind === 'ref')
      return literal.startsWith(fact.prefix) || fact.prefix.startsWith(literal) ? OPEN : NO;
    if (fact.kind === 'label') return gated('label');
  }
  return OPEN;
}

/** What `toJSON(list)` or `join(list, ',')` is made of. */
function listed(expression: Expression): Expression {
  const isText = expression.kind === 'call' && (expression.name === 'tojson' || expression.name === 'join');
  return isText ? (expression.args[0] ?? expression) : expression;
}

function judgeContains(hay: Expression, needle: Expression, occasion: Occasion, isCheck: IsCheck): Judgement {
  const held = factOf(listed(hay), occasion);
  if (held?.kind === 'label') return gated('label');
  if (held?.kind === 'association') return compareText(held, String(literalOf(needle) ?? ''));
  const fact = factOf(needle, occasion);
  const list = listOf(hay);
  const plain = literalOf(hay);
  if (fact?.kind === 'word') {
    if (list !== undefined) return list.includes(fact.value) ? YES : NO;
    if (typeof plain === 'string') return plain.toLowerCase().includes(fact.value) ? YES : NO;
  }
  if (fact?.kind === 'association') {
    const words = list ?? (typeof plain === 'string' ? plain.split(/[^A-Za-z_]+/) : undefined);
    if (words === undefined) return gated('association');
    return words.some((word) => OUTSIDERS.has(word.toUpperCase())) ? OPEN : gated('association');
  }
  // A list kept elsewhere (a variable, a secret) decides too.
  if (fact?.kind === 'author') return gated('author');
  return isCheckOutput(hay, isCheck) || isCheckOutput(needle, isCheck) ? gated('association') : OPEN;
}

const PEOPLE = new Set(['pull_request', 'issue', 'comment', 'review', 'discussion']);

/** What an outsider's event is known to hold at a path. */
function factOf(expression: Expression, { event, origin }: Occasion): Fact | undefined {
  const path = contextPath(expression);
  if (path === undefined || path[0] !== 'github') return undefined;
  const key = path.slice(1).join('.');
  if (key === 'event_name') return { kind: 'word', value: event };
  if (key === 'event.workflow_run.event' && origin !== undefined) return { kind: 'word', value: origin };
  if (key.endsWith('.author_association')) return { kind: 'association' };
  if (key.endsWith('.labels.*.name') || key === 'event.label.name') return { kind: 'label' };
  if (key === 'event.action') return { kind: 'action' };
  if (key === 'event.pull_request.merged') return { kind: 'flag', value: false, gate: 'merge' };
  if (key === 'repository' || key === 'repository_owner' || key === 'event.repository.full_name') {
    return { kind: 'base-repository' };
  }
  if (key.startsWith('event.repository.') || key.startsWith('event.pull_request.base.repo.')) {
    return { kind: 'base-repository' };
  }
  return headFact(key) ?? personFact(path) ?? refFact(key, event);
}

function headFact(key: string): Fact | undefined {
  if (/^event\.(?:pull_request\.head\.repo|workflow_run\.head_repository)\.fork$/.test(key)) {
    return { kind: 'flag', value: true, gate: 'same-repository' };
  }
  const isHead = /^event\.(?:pull_request\.head\.(?:repo|user)|workflow_run\.head_repository)\./.test(key);
  // A fork keeps the name of the repository.
  return isHead && /\.(?:full_name|id|login|owner|html_url|url)$/.test(key)
    ? { kind: 'head-repository' }
    : undefined;
}

function personFact(path: readonly string[]): Fact | undefined {
  const isPerson =
    path[1] === 'event' && PEOPLE.has(path[2] ?? '') && path.length === 5 && path[3] === 'user';
  return isPerson && (path[4] === 'login' || path[4] === 'id') ? { kind: 'author' } : undefined;
}

function refFact(key: string, event: string): Fact | undefined {
  if (key !== 'ref') return undefined;
  if (event === 'pull_request' || event.startsWith('pull_request_review'))
    return { kind: 'ref', prefix: 'refs/pull/' };
  return event === 'push' ? undefined : { kind: 'ref', prefix: 'refs/heads/' };
}

/** The gate that the types of a trigger make, when outsiders can cause none of them. */
export function triggerGate(trigger: Trigger): Gate | undefined {
  if (trigger.types.length === 0 || !trigger.types.every((type) => INSIDER_TYPES.has(type))) return undefined;
  return trigger.types.some((type) => LABEL_TYPES.has(type)) ? 'label' : 'association';
}
