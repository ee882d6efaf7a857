/** Issues and their last comments (api-checks 3.2). Pure. */
import { ASSOCIATIONS, type Association, type Issue } from '../../core/index.ts';
import { actorOf } from './commits.ts';
import { type Maybe, nodesOf, type RawIssue } from './raw.ts';

export function issueOf(raw: RawIssue): Issue {
  return {
    url: raw.url ?? '',
    createdAt: raw.createdAt ?? '',
    author: actorOf(raw.author),
    association: associationOf(raw.authorAssociation),
    state: raw.state === 'CLOSED' ? 'closed' : 'open',
    comments: nodesOf(raw.comments).map((comment) => ({
      createdAt: comment.createdAt ?? '',
      author: comment.author?.login ?? '',
      association: associationOf(comment.authorAssociation),
    })),
  };
}

function associationOf(raw: Maybe<string>): Association {
  const text = (raw ?? '').toLowerCase().replaceAll('_', '-');
  return ASSOCIATIONS.find((one) => one === text) ?? '';
}
