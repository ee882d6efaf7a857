/** What maintainers say of a check: for people, with the place where they say it. */
import { ANNOTATION_REASONS, type Annotation, type CheckResult } from '../../core/index.ts';

/** One line per annotation, and what the score would be without the annotated findings. */
export function annotationLines({ annotated, adjusted }: CheckResult): readonly string[] {
  if (annotated === undefined) return [];
  const { by, fingerprints, score } = annotated;
  const without = fingerprints.length === 0 || score === adjusted.score;
  return [
    ...by.map(words),
    ...(without ? [] : [`without what they annotate the adjusted score would be ${points(score)}`]),
  ];
}

const points = (score: number): string => (score < 0 ? 'open' : String(score));

function words({ file, line, reasons, note, owner, expires }: Annotation): string {
  const said = [...reasons.map((reason) => ANNOTATION_REASONS[reason]), ...(note ? [note] : [])].join(' ');
  const more = [owner, expires && `until ${expires}`, `${file}:${line}`].filter((text) => text !== undefined);
  return `${said} (${more.join(', ')})`;
}
