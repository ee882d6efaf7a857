import { defineReporter, ScanError } from '../core/index.ts';
import { members } from './json.ts';
import { goJson } from './shared/json.ts';

/**
 * An unsigned in-toto Statement v1 about the judged commit, with the reference's predicate: JSON v2 without `repo`
 * (formats-and-cli 8). The reference's own document has other top-level names, which verifiers refuse.
 * @throws ScanError usage when no commit is known: a statement must name what it is about by digest
 */
export const intoto = defineReporter({
  id: 'intoto',
  mediaType: 'application/vnd.in-toto+json',
  summary: 'an in-toto statement about the commit, one line, not signed',
  render: (result, options) => {
    const { name, commit } = result.repo;
    if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(commit)) {
      throw new ScanError('usage', `${name}: an in-toto statement needs a commit (scan a git checkout)`);
    }
    const subject = {
      name,
      ...(name.startsWith('file:') ? {} : { uri: `git+https://${name}@${commit}` }),
      digest: { gitCommit: commit },
    };
    const head = goJson({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [subject],
      predicateType: 'https://scorecard.dev/result/v0.1',
    });
    return `${head.slice(0, -1)},"predicate":{${members(result, options, false).join(',')}}}\n`;
  },
});
