/** A cheap look at a command before it is taken apart. */
import type { CommandEvent } from '../events.ts';

/** Common commands that neither fetch, install nor run anything given to them. */
const HARMLESS = new Set(
  (
    '[ test echo printf cd pushd popd set unset shift return exit local export true false : mkdir rm rmdir touch ls ' +
    'read declare trap wait break continue alias umask sleep date dirname basename pwd hash type kill getopts ' +
    'die log info warn error err_exit grep sed awk cut tr sort uniq wc head tail tee find diff cmp ' +
    'chown chgrp id whoami uname hostname ps df du stat make cmake gcc clang ld ar strip patch'
  ).split(' '),
);
const SHELL_WORD = /(?:^|\/)(?:ba|da|z|k|a)?sh$|^su$/;

/** What `git` and `docker` do besides fetching and running. */
const WORDS: Readonly<Record<string, RegExp>> = {
  git: /^clone$/,
  docker: /^(?:run|exec)$/,
};

/** True when no rule can apply to a command outside pipelines while no downloaded file is known. */
export function isIrrelevant(event: CommandEvent): boolean {
  const { node } = event;
  if (node.name === undefined) return false;
  const name = node.name.text;
  const words = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
  if (words !== undefined && !node.suffix.some((item) => item.type === 'Word' && words.test(item.text)))
    return !node.suffix.some((item) => item.type === 'Word' && SHELL_WORD.test(item.text));
  if (!HARMLESS.has(name)) return false;
  for (const item of node.suffix) if (item.type === 'Word' && SHELL_WORD.test(item.text)) return false;
  return true;
}
