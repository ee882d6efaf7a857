import { getValue, type YamlNode } from '../yaml/index.ts';
import { addImage, addScripts, type Collector, pairsOf } from './model.ts';

const COMMANDS = [
  'initializeCommand',
  'onCreateCommand',
  'updateContentCommand',
  'postCreateCommand',
  'postStartCommand',
  'postAttachCommand',
];

/** A name at a registry; local ones begin with a dot. */
const FEATURE = /^[\w.-]+\.[a-z]{2,}(?::\d+)?\/[\w./-]+(?:[:@][\w.:-]+)?$/;
const MAX_FEATURES = 500;

/** The image of a development container, its features, and the commands of its life. */
export function readDevcontainer(root: YamlNode, found: Collector): void {
  addImage(getValue(root, 'image'), found);
  const features = getValue(root, 'features');
  for (const { key } of features?.kind === 'map' ? features.entries : []) {
    if (key.kind === 'scalar' && FEATURE.test(key.value) && found.images.length < MAX_FEATURES)
      found.images.push({ value: key.value, line: key.line, isFeature: true });
  }
  for (const name of COMMANDS) readCommand(getValue(root, name), found);
}

/** A text for the shell, a list of words for one program, or several of either by name. */
function readCommand(node: YamlNode | undefined, found: Collector): void {
  if (node?.kind === 'scalar') addScripts(node, 'shell', found);
  else if (node?.kind === 'seq') {
    const words = node.items.flatMap((item) => (item.kind === 'scalar' ? [item.value] : []));
    const text = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    if (words.length > 0) found.scripts.push({ language: 'shell', text, line: node.line });
  } else for (const [, value] of pairsOf(node)) if (value.kind !== 'map') readCommand(value, found);
}

/** JSON with comments as JSON: comments become blanks, so that lines stay. */
export function withoutComments(text: string): string {
  let result = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (char === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const isLine = text[at + 1] === '/';
      const end = isLine ? text.indexOf('\n', at) : text.indexOf('*/', at + 2);
      const stop = end < 0 ? text.length : isLine ? end : end + 2;
      result += text.slice(from, at) + text.slice(at, stop).replace(/[^\n]/g, ' ');
      from = stop;
      at = stop - 1;
    }
  }
  // The reader of YAML takes no tabs before a key.
  return (result + text.slice(from)).replaceAll('\t', ' ');
}
