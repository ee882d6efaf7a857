/**
 * A stable name for a finding: the same as long as the probe, the file and the text found stay the same, wherever the
 * lines move. Annotations and SARIF's `partialFingerprints` use it.
 */
import type { Finding } from './finding.ts';

/** 16 hex digits. Findings without a snippet are told apart by their values. */
export function fingerprint(finding: Pick<Finding, 'probe' | 'location' | 'values'>): string {
  const { location, values } = finding;
  const parts = [
    finding.probe,
    location?.path ?? '',
    location?.snippet?.replace(/\s+/g, ' ').trim() ?? '',
    ...Object.entries(values ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${value}`),
  ];
  return hash64(parts.join('\0'));
}

/** FNV-1a over UTF-16 units in two lanes of 32 bits: no secret hangs on it, it only has to be stable and cheap. */
function hash64(text: string): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + index), 0x01000193);
  }
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}
