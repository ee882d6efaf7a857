/** Where licences lie, judged by more names than the reference accepts; what they are is told by their text. */
import type { RepoPath } from '../../core/index.ts';

const WORD = /licen[cs]es?|copying|unlicense|copyright|patents/;
/** Texts about other people's works. */
const NOTICE = /third|3rd|notice|depend|vendor|bundled|binary|credits|template|header/;
/** Endings of code and data. */
const OTHER =
  /\.(?:[cm]?[jt]sx?|json[c5]?|ya?ml|toml|xml|csv|lock|tmpl|tpl|template|in|py|rb|go|rs|java|kt|cs|[ch](?:pp|c|xx)?|hh|php|sh|ps1|cfg|ini|conf|png|svg|pdf|docx?|sha\d*|sig|asc)$/;
/** Files called by a licence alone. */
const BARE =
  /^(?:[al]?gpl|mit|apache|bsd|mpl|ofl|epl|cc0|isc|zlib|eupl|artistic|boost|bsl)[-_. \dv]*(?:clause|only|or-later|license)?\.(?:txt|md)$/;

/** REUSE keeps every licence of a project as `LICENSES/<id>.txt`; such a folder in lower case holds those of others. */
export const isReuse = (path: Pick<RepoPath, 'folder'>): boolean => path.folder === 'LICENSES';

/** True when the file may hold a licence of the project. */
export function mayHoldLicense(path: Pick<RepoPath, 'folder' | 'lowerBase'>): boolean {
  if (path.folder === '') return isLicenseName(path.lowerBase);
  if (isReuse(path)) return /\.(?:txt|md)$/.test(path.lowerBase);
  return /^licen[cs]e$/i.test(path.folder) && isLicenseName(path.lowerBase);
}

function isLicenseName(base: string): boolean {
  if (base[0] === '.' || OTHER.test(base)) return false;
  return WORD.test(base) ? !NOTICE.test(base) : BARE.test(base);
}

/** Names that need a licence's text: alone they promise none. */
export const isNoticeName = (base: string): boolean => /^(?:copyright|patents)/i.test(base);
