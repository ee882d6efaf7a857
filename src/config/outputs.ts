/** Which formats go where: `--format` and `--output`. */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { ScanError } from '../core/index.ts';
import { hint } from './nearest.ts';

export interface Output {
  readonly format: string;
  /** Standard output when absent. */
  readonly file?: string;
}

/**
 * Reads `--format=ID[:FILE]` (repeated) and `--output`.
 * @throws ScanError unknown-format; usage when two formats would share one place
 */
export function outputsOf(
  formats: readonly string[],
  output: string | undefined,
  known: readonly string[],
): readonly Output[] {
  const outputs = (formats.length > 0 ? formats : ['default']).map((text): Output => {
    const colon = text.indexOf(':');
    const format = (colon < 0 ? text : text.slice(0, colon)).toLowerCase();
    if (!known.includes(format)) {
      const near = hint(format, known) || ` (one of ${known.join(', ')})`;
      throw new ScanError('unknown-format', `there is no format ${format}${near}`);
    }
    if (colon < 0) return { format, file: output };
    if (colon === text.length - 1)
      throw new ScanError('usage', `--format=${text} names no file (--format=${text}FILE)`);
    return { format, file: text.slice(colon + 1) };
  });
  const places = outputs.map(({ file }) => (file === undefined ? undefined : placeOf(file)));
  const twice = outputs.find((_, index) => places.indexOf(places[index]) !== index)?.file;
  if (new Set(places).size < places.length) {
    const place = twice === undefined ? 'standard output' : twice;
    throw new ScanError(
      'usage',
      `two formats would go to ${place} (name a file for each: --format=json:out.json)`,
    );
  }
  if (output !== undefined && !places.includes(placeOf(output)))
    throw new ScanError('usage', 'every format names its own file, so --output has no use (leave it out)');
  return outputs;
}

/** One file can be named in several ways: `out.json`, `./out.json`, a link to it. */
function placeOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}
