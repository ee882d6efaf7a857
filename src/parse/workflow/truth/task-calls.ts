import { readCommands, type ScriptCommand } from './script.ts';

/** Tasks and script files that a script calls. */
export function taskCalls(script: string): readonly string[] {
  if (!/make|npm|yarn|bun|just|task|sh\b|\.ps1\b/.test(script)) return [];
  return readCommands(script).flatMap(callsOf);
}

const SCRIPT = /^(?:\.\/)?([\w.@/-]+\.(?:(?:ba)?sh|ps1))$/;

function callsOf({ name, path, args }: ScriptCommand): readonly string[] {
  const values = args.map(({ value }) => value);
  const words = values.filter((value) => !value.startsWith('-') && !value.includes('='));
  if (name === 'make' || name === 'gmake') {
    const elsewhere = values.some((value) => /^(?:-C|--directory|-f|--file)/.test(value));
    return elsewhere ? [] : words.map((word) => `make:${word}`);
  }
  if (name === 'just' || name === 'task') return words.slice(0, 1).map((word) => `${name}:${word}`);
  if (name === 'npm' || name === 'yarn' || name === 'pnpm' || name === 'bun') {
    const run = words[0] === 'run' || words[0] === 'run-script';
    const task = run ? words[1] : name === 'yarn' || name === 'pnpm' ? words[0] : undefined;
    return task === undefined ? [] : [`npm:${task}`];
  }
  const file =
    name === 'bash' || name === 'sh' || name === 'pwsh' ? words[0] : path.includes('/') ? path : undefined;
  const match = SCRIPT.exec(file ?? '');
  return match === null ? [] : [`file:${match[1]!}`];
}
