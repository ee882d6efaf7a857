/** The changes that gain most, in words: what to do, where, what it brings, and the first place's remedy. */
import {
  type Catalogue,
  type Change,
  type Finding,
  type ScanResult,
  scoreText,
  stepsFor,
} from '../../core/index.ts';
import { placeText, remedyLines } from './details.ts';

export interface ChangeWords {
  /** What to do: `Pin dependencies by hash`. */
  readonly act: string;
  /** `23 places in 9 files`, or the one place; empty for the repository as a whole. */
  readonly where: string;
  /** `Pinned-Dependencies 4 → 10`. */
  readonly check: string;
  /** `7.6 → 8.0`. */
  readonly total: string;
  /** How to mend the first finding. */
  readonly remedy?: string;
}

/** Acts named in one line. */
const MOST_ACTS = 3;

/** Each change builds on those before it. */
export function changeWords(
  result: ScanResult,
  changes: readonly Change[],
  catalogue: Catalogue,
): readonly ChangeWords[] {
  let before = result.adjusted;
  return changes.map((change) => {
    const total = `${scoreText(before)} → ${scoreText(change.totalAfter)}`;
    before = change.totalAfter;
    const remedy = remedyOf(change.findings, catalogue);
    const act = actOf(change, catalogue);
    const where = whereOf(change.findings);
    return {
      act,
      // "Name a private contact in SECURITY.md" says where.
      where: act.endsWith(` ${where}`) ? '' : where,
      check: `${change.check} ${change.checkBefore} → ${change.checkAfter}`,
      total,
      ...(remedy === undefined ? {} : { remedy }),
    };
  });
}

/** `These 3 changes: 6.1 → 8.4`; undefined for one. */
export function changesTogether(result: ScanResult, changes: readonly Change[]): string | undefined {
  const last = changes.at(-1);
  if (last === undefined || changes.length === 1) return undefined;
  return `These ${changes.length} changes: ${scoreText(result.adjusted)} → ${scoreText(last.totalAfter)}`;
}

function actOf({ check, findings }: Change, catalogue: Catalogue): string {
  const named = writesOneFile(findings) ? findings.slice(0, 1) : findings;
  const probes = [...new Set(named.map((finding) => finding.probe))];
  const acts = new Set(probes.flatMap((id) => catalogue.probes.get(id)?.remediation.act ?? []));
  if (acts.size === 0) return `Mend the findings of ${check}`;
  const [first, ...rest] = [...acts].slice(0, MOST_ACTS);
  const more = rest.map((act) => act.slice(0, 1).toLowerCase() + act.slice(1));
  return [first, ...more, ...(acts.size > MOST_ACTS ? ['…'] : [])].join('; ');
}

/** Findings of several questions about a file that is not there yet: to write it says all. */
function writesOneFile([first, ...others]: readonly Finding[]): boolean {
  const file = first?.location === undefined ? /^\S+: /.exec(first?.remedy?.text ?? '')?.[0] : undefined;
  if (file === undefined) return false;
  return others.every(({ location, remedy }) => location === undefined && remedy?.text.startsWith(file));
}

function whereOf(findings: readonly Finding[]): string {
  const placed = findings.filter((finding) => placeText(finding.location) !== '');
  const files = new Set(placed.map((finding) => finding.location!.path));
  if (placed.length === 0) return '';
  const single = placed[0]!.location!;
  if (placed.length === 1) return single.type === 'source' ? placeText(single) : single.path;
  const [only] = files;
  return `${placed.length} places in ${files.size === 1 ? only : `${files.size} files`}`;
}

/** The first finding's own remedy, without the place when it is the only one; else the first of its probe's steps. */
function remedyOf([finding, ...others]: readonly Finding[], catalogue: Catalogue): string | undefined {
  if (finding === undefined) return undefined;
  if (finding.remedy && others.length > 0) return finding.remedy.text;
  const { location, message: text } = finding;
  if (finding.remedy) return remedyLines({ level: 'Warn', text, location, finding }).join('\n');
  return stepsFor({ ...finding, remediated: true }, catalogue.probes.get(finding.probe))[0];
}
