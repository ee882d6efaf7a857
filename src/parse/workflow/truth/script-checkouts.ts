import type { ScriptCommand, ScriptWord } from './script.ts';
import { MAX_PLACES, type ScriptState } from './script-state.ts';
import { wordTaints } from './script-words.ts';
import type { Taint } from './untrusted.ts';
import { FOREIGN_EVENTS } from './untrusted-data.ts';

// Commands that bring in the tree of a pull request or a fork.

/** The pull request as a whole: whatever its number is. */
const PULL: Taint = {
  text: false,
  commit: true,
  source: 'pull request',
  events: FOREIGN_EVENTS,
  via: ['command'],
};
const PULL_REF = /(?:^|[+:/])pull\/[^/:]+\/(?:head|merge)/;
const ARCHIVE = /\/(?:archive|tarball|zipball|tar\.gz|zip)\//;
const BRINGING = new Set([
  'checkout',
  'switch',
  'reset',
  'merge',
  'pull',
  'rebase',
  'cherry-pick',
  'worktree',
  'read-tree',
]);

/** The subcommand of `git` and what follows it. */
function gitParts({ name, args }: ScriptCommand): readonly ScriptWord[] {
  if (name !== 'git') return [];
  let index = 0;
  while (index < args.length && args[index]!.value.startsWith('-'))
    index += /^-[Cc]$/.test(args[index]!.value) ? 2 : 1;
  return args.slice(index);
}

export function noteCheckout(
  state: ScriptState,
  command: ScriptCommand,
  commands: readonly ScriptCommand[],
  index: number,
): void {
  if (state.checkouts.length >= MAX_PLACES) return;
  if (command.name === 'curl' || command.name === 'wget') {
    noteArchive(state, command);
    return;
  }
  if (!/^(?:gh|git|hub)$/.test(command.name)) return;
  const values = command.args.map(({ value }) => value);
  if (command.name !== 'git' && values[0] === 'pr' && values[1] === 'checkout') {
    addCheckout(state, command, [PULL]);
    return;
  }
  const isClone = command.name === 'gh' && values[0] === 'repo' && values[1] === 'clone';
  const [sub, ...rest] = isClone ? command.args.slice(1) : gitParts(command);
  const brings = sub !== undefined && (BRINGING.has(sub.value) || sub.value === 'clone');
  const fetches = sub?.value === 'fetch' || (sub?.value === 'remote' && rest[0]?.value === 'add');
  if (!brings && !(fetches && isBroughtLater(state, commands, index))) return;
  const refs = rest.filter((_, at) => !/^-[bBc]$/.test(rest[at - 1]?.value ?? ''));
  const taints = refs.flatMap((word) =>
    PULL_REF.test(word.value) ? [PULL] : wordTaints(state, word).filter(({ commit }) => commit),
  );
  if (taints.length > 0) addCheckout(state, command, taints);
}

/** An archive of a repository at a commit of an outsider. */
function noteArchive(state: ScriptState, command: ScriptCommand): void {
  const taints = command.args
    .filter(({ value }) => ARCHIVE.test(value))
    .flatMap((word) => wordTaints(state, word).filter(({ commit }) => commit));
  if (taints.length > 0) addCheckout(state, command, taints);
}

/** After `git fetch`, something must take the tree. */
function isBroughtLater(state: ScriptState, commands: readonly ScriptCommand[], index: number): boolean {
  if (commands.slice(index + 1).some((later) => BRINGING.has(gitParts(later)[0]?.value ?? ''))) return true;
  return state.frame.steps
    .slice(state.step + 1)
    .some((step) =>
      /\bgit\s+(?:-C\s+\S+\s+)?(?:checkout|switch|reset|merge|rebase|worktree)\b/.test(step.run?.value ?? ''),
    );
}

function addCheckout(state: ScriptState, command: ScriptCommand, taints: readonly Taint[]): void {
  const end = state.script.indexOf('\n', command.offset);
  const snippet = state.script
    .slice(command.offset, end < 0 ? undefined : end)
    .trim()
    .slice(0, 200);
  state.checkouts.push({ offset: command.offset, snippet, taints });
}
