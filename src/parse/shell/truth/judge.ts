import { lineCounter } from '../../lines.ts';
import { cleanPath } from '../address.ts';
import { analyzePowershell } from '../powershell.ts';
import { type ReadScript, readScript } from '../read.ts';
import { isInside } from './files.ts';
import { FlowReader } from './flow.ts';
import type { TruthHit, TruthMemory } from './memory.ts';

/** Quoted scripts are followed this deep, and this many in one script. */
const MAX_NESTED = 12;
const MAX_SCRIPTS = 300;
const MAX_TEXT = 4 * 1024 * 1024;

/** Words without which no command of any kind known here can stand in a script. */
const TRIGGER =
  /curl|wget|lynx|w3m|aria2c|axel|fetch|gsutil|gcloud|aws|gh |npm|npx|yarn|bun|deno|corepack|pip|uv|poetry|conda|mamba|easy_install|go |cargo|gem|composer|dotnet|nuget|msbuild|brew|choco|winget|apt|apk|yum|dnf|zypper|rpm|powershell|pwsh|git |luarocks|cpan|cabal|pear|pecl|galaxy|--install-extension|pub (?:global|add)|upgrade|deps\.update|plugin|raco|eget|install|Pkg\.|pod |asdf/i;

/** Cheap test whether a script may hold anything to judge. */
export function mayInstall(text: string, memory: TruthMemory): boolean {
  return memory.files.length > 0 || memory.fetchedVariables.size > 0 || TRIGGER.test(text);
}

/** Adds the Assay view's verdicts on a script to `hits`. */
export function judgeScript(read: ReadScript, memory: TruthMemory, hits: TruthHit[]): void {
  const budget = { scripts: MAX_SCRIPTS, text: MAX_TEXT };
  const { files, folder } = memory;
  for (const file of files)
    if (file.unpacked !== undefined)
      file.unpacked.isEntered = folder !== undefined && isInside(file, cleanPath(folder));
  judge(read, memory, hits, 0, budget);
}

function judge(
  read: ReadScript,
  memory: TruthMemory,
  hits: TruthHit[],
  depth: number,
  budget: { scripts: number; text: number },
): void {
  const reader = new FlowReader(memory, {
    hit: (hit) => hits.push(hit),
    nested: (script, source, contentPos, isExact) => {
      budget.scripts--;
      budget.text -= script.length;
      if (depth >= MAX_NESTED || budget.scripts < 0 || budget.text < 0 || !mayInstall(script, memory)) return;
      const before = source.fileLine(contentPos) - 1;
      const line = lineCounter(script);
      const inner = readScript(
        script,
        isExact ? (at) => source.fileLine(contentPos + at) : (at) => before + line(at),
        (at) => source.outerPos(contentPos + at),
      );
      if (inner.error === undefined) judge(inner, memory, hits, depth + 1, budget);
    },
    powershell: (script, source, contentPos) => {
      budget.text -= script.length;
      if (budget.text < 0) return;
      for (const found of analyzePowershell(script)) {
        const pos = contentPos;
        const { type, truth, text } = found;
        hits.push({ type, truth, source, pos, end: pos + 1, text: () => text, isRepeat: false });
      }
    },
  });
  reader.read(read.events);
}
