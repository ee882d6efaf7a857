import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../test/support/tree.ts';
import { dependencies } from './dependencies.ts';

const path = '.github/workflows/a.yml';
const steps = (text: string, more = '', job = '') =>
  `on: push\nenv:\n  TOOL: v1.2.3\n${more}jobs:\n  a:\n    runs-on: ubuntu-latest\n${job}    steps:\n${text}`;

/** What is true of the installs of a workflow, by line. */
async function installs(text: string): Promise<string[]> {
  const { list } = await evidenceOf(dependencies, { [path]: text });
  return list.flatMap(({ type, startLine, truth }) =>
    truth && type !== 'GitHubAction' ? [`${startLine} ${type} ${truth.verdict}`] : [],
  );
}

describe('variables of workflows, jobs and steps in what scripts fetch', () => {
  const install = (version: string, env = '') =>
    steps(`      - run: go install example.com/x@${version}\n${env}`);
  it.each([
    ['${{ env.TOOL }}', '', 'pinned'],
    ['$TOOL', '', 'pinned'],
    ['${{ env.OTHER }}', '', 'unpinned'],
    ['${{ env.TOOL }}', '        env:\n          TOOL: latest\n', 'unpinned'],
    ['$OWN', '        env:\n          OWN: v2.0.0\n', 'pinned'],
  ])('%s %j', async (version, env, verdict) => {
    expect(await installs(install(version, env))).toEqual([`8 goCommand ${verdict}`]);
  });
  it('are those of the job before those of the workflow', async () => {
    const text = steps('      - run: go install x.org/y@${{ env.TOOL }}\n', '', '    env: {TOOL: main}\n');
    expect(await installs(text)).toEqual(['9 goCommand unpinned']);
  });
  it('leave the reference as it is', async () => {
    const text = steps('      - run: npm install x@${{ env.TOOL }}\n');
    const { list } = await evidenceOf(dependencies, { [path]: text });
    const told = list.filter(({ reference }) => reference !== undefined);
    expect(told.map(({ snippet, reference }) => [snippet, reference?.pinned])).toEqual([
      ['npm install x@$GITHUB_REDACTED_VAR', false],
    ]);
  });
  it('hold in PowerShell', async () => {
    const text = steps('      - shell: pwsh\n        run: go install x.org/y@${{ env.TOOL }}\n');
    expect(await installs(text)).toEqual(['9 goCommand pinned']);
  });
});

describe('scripts of the command prompt', () => {
  it('are read line by line', async () => {
    const text = steps('      - shell: cmd\n        run: |\n          cd x\n          choco install make\n');
    expect(await installs(text)).toEqual(['11 chocoCommand unpinned']);
  });
});
