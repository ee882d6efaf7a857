import { checks, probes } from '../../app.ts';
import { type OptionName, optionNames, optionSpecs, usage } from '../../config/index.ts';
import { reporters } from '../../reporters/index.ts';
import type { Command } from '../command.ts';
import { writeOutput } from '../streams.ts';

export const command: Command = {
  name: 'completion',
  summary: 'Completion for bash, zsh, fish or powershell; load what it prints.',
  usage: 'completion SHELL',
  options: [],
  async run({ positionals: [shell] }) {
    const write = shell === undefined ? undefined : SHELLS[shell];
    if (!write) usage('completion needs one of bash, zsh, fish or powershell');
    const { commands } = await import('./index.ts');
    writeOutput(write(vocabulary(Object.keys(commands))));
    return 0;
  },
};

interface Vocabulary {
  readonly commands: readonly string[];
  /** `--name` to the values it takes; undefined when they are free. */
  readonly options: readonly { readonly name: OptionName; readonly values: readonly string[] | undefined }[];
}

function vocabulary(commands: readonly string[]): Vocabulary {
  const values: Partial<Record<OptionName, readonly string[]>> = {
    checks: checks.map((check) => check.name),
    probes: probes.map((probe) => probe.id),
    format: Object.keys(reporters),
  };
  return {
    commands,
    options: optionNames.map((name) => ({ name, values: values[name] ?? optionSpecs[name].choices })),
  };
}

const SHELLS: Readonly<Record<string, (words: Vocabulary) => string>> = { bash, zsh, fish, powershell };

function bash({ commands, options }: Vocabulary): string {
  const cases = options
    .filter(({ values }) => values !== undefined)
    .map(
      ({ name, values }) =>
        `    --${name}) COMPREPLY=($(compgen -W "${values!.join(' ')}" -- "$word")); return ;;`,
    );
  return `# assay: eval "$(assay completion bash)"
_assay() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  if [[ $before == "=" ]]; then before="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  if [[ $word == "=" ]]; then before="\${COMP_WORDS[COMP_CWORD-1]}"; word=""; fi
  case "$before" in
${cases.join('\n')}
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "${options.map(({ name }) => `--${name}`).join(' ')}" -- "$word"))
  else
    COMPREPLY=($(compgen -W "${commands.join(' ')}" -- "$word") $(compgen -d -- "$word"))
  fi
}
complete -o filenames -F _assay assay
`;
}

/** Text inside single quotes inside a zsh description. */
const quiet = (text: string): string => text.replace(/[[\]:]/g, '').replaceAll("'", "'\\''");

function zsh({ commands, options }: Vocabulary): string {
  const rows = options.map(({ name, values }) => {
    const { type, help, value } = optionSpecs[name];
    if (type === 'flag') return `    '--${name}[${quiet(help)}]'`;
    const action = values === undefined ? '_files' : `(${values.join(' ')})`;
    return `    '--${name}=[${quiet(help)}]:${quiet(value ?? '')}:${action}'`;
  });
  return `#compdef assay
# assay: eval "$(assay completion zsh)"
_assay() {
  _arguments \\
${rows.join(' \\\n')} \\
    '1:folder or command:{_alternative "commands:command:(${commands.join(' ')})" "folders:folder:_files -/"}' \\
    '*:file:_files'
}
compdef _assay assay
`;
}

function fish({ commands, options }: Vocabulary): string {
  const text = (one: string) => `'${one.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const rows = options.map(({ name, values }) => {
    const { type, help, alias } = optionSpecs[name];
    const takes = type === 'flag' ? '' : values === undefined ? ' -r' : ` -x -a ${text(values.join(' '))}`;
    return `complete -c assay -l ${name}${alias ? ` -s ${alias}` : ''}${takes} -d ${text(help)}`;
  });
  return `# assay: assay completion fish | source
complete -c assay -n __fish_use_subcommand -a ${text(commands.join(' '))}
${rows.join('\n')}
`;
}

function powershell({ commands, options }: Vocabulary): string {
  const list = (words: readonly string[]) =>
    words.map((word) => `'${word.replaceAll("'", "''")}'`).join(', ');
  const rows = options
    .filter(({ values }) => values !== undefined)
    .map(({ name, values }) => `    '--${name}' = @(${list(values!)})`);
  return `# assay: assay completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName assay -ScriptBlock {
  param($word, $ast, $position)
  $values = @{
${rows.join('\n')}
  }
  $before = "$($ast.CommandElements | Select-Object -Last 2 | Select-Object -First 1)"
  if ($values.ContainsKey($before)) { $found = $values[$before] }
  elseif ($word -like '-*') { $found = @(${list(options.map(({ name }) => `--${name}`))}) }
  else { $found = @(${list(commands)}) }
  $found | Where-Object { $_ -like "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
