/**
 * What a file is, by more of its header than the reference looks at: a magic number alone also hits text that begins
 * with `MZ`, and a name alone also hits data.
 */
import { isText } from './signature.ts';

/**
 * The compiled or executable format of a file, in words, or undefined when it is none.
 * @param head the first kilobyte
 * @param extension lower-cased, without the dot
 */
export function formatOf(head: Uint8Array, extension: string): string | undefined {
  if (head.length < 8) return undefined;
  return byMagic(head) ?? (PACKAGES.has(extension) ? byName(head, extension) : undefined);
}

function byMagic(head: Uint8Array): string | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  switch (view.getUint32(0)) {
    case 0x7f454c46:
      return isElf(view) ? 'ELF' : undefined;
    case 0xcafebabe:
    case 0xcafebabf:
      return classOrFat(view);
    case 0xfeedfacf:
    case 0xfeedface:
      return isMachO(view, false) ? 'Mach-O' : undefined;
    case 0xcffaedfe:
    case 0xcefaedfe:
      return isMachO(view, true) ? 'Mach-O' : undefined;
    case 0x0061736d:
      return view.getUint16(6) === 0 || view.getUint16(4, true) === 1 ? 'WebAssembly' : undefined;
    case 0x6465780a:
    case 0x6465790a:
      return head.length > 100 && !isText(head) ? 'Dalvik' : undefined;
    case 0x4243c0de:
      return 'LLVM bitcode';
    case 0x1b4c7561:
      return 'Lua bytecode';
    case 0x464f5231:
      return head.length > 12 && view.getUint32(8) === 0x4245414d ? 'Erlang BEAM' : undefined;
    case 0x43723234:
      return 'browser extension';
    case 0xedabeedb:
      return head.length > 96 ? 'RPM package' : undefined;
    case 0x213c6172:
      return archive(head);
    default:
      return view.getUint16(0) === 0x4d5a ? windows(view) : undefined;
  }
}

/** Behind the magic stand the width, the byte order and a version that is always 1. */
function isElf(view: DataView): boolean {
  const [width, order, version] = [view.getUint8(4), view.getUint8(5), view.getUint8(6)];
  return (
    view.byteLength > 52 || ((width === 1 || width === 2) && (order === 1 || order === 2) && version === 1)
  );
}

/** Java's class files start like fat Mach-O files; what follows is a version there and a small count here. */
function classOrFat(view: DataView): string | undefined {
  const major = view.getUint16(6);
  if (view.getUint32(0) === 0xcafebabe && major >= 45 && major < 200) return 'Java class';
  const count = view.getUint32(4);
  return count > 0 && count < 45 ? 'Mach-O' : undefined;
}

/** The file type of a Mach-O header is a small number. */
function isMachO(view: DataView, little: boolean): boolean {
  if (view.byteLength < 28) return false;
  const type = view.getUint32(12, little);
  return type > 0 && type < 16;
}

function archive(head: Uint8Array): string | undefined {
  const start = String.fromCharCode(...head.subarray(0, 21));
  if (start.startsWith('!<arch>\ndebian-binary')) return 'Debian package';
  return start.startsWith('!<arch>\n') && head.length >= 68 ? 'static library' : undefined;
}

/** `MZ` is a program when the new header it points to is one, or when the old header makes sense by itself. */
function windows(view: DataView): string | undefined {
  if (view.byteLength < 64) return undefined;
  const offset = view.getUint32(0x3c, true);
  if (offset + 4 <= view.byteLength && offset >= 4) {
    const mark = view.getUint16(offset);
    if (mark === 0x5045 && view.getUint16(offset + 2) === 0) return 'Windows program';
    if (mark === 0x4e45 || mark === 0x4c45 || mark === 0x4c58) return 'Windows program';
  }
  const head = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  if (isText(head)) return undefined;
  const pages = view.getUint16(4, true);
  const paragraphs = view.getUint16(8, true);
  const makesSense = view.getUint16(2, true) < 512 && pages > 0 && paragraphs >= 2 && paragraphs < 0x1000;
  if (!makesSense) return undefined;
  return offset > view.byteLength && offset < 0x100000 ? 'Windows program' : 'DOS program';
}

const ZIP = 0x504b0304;

/** Formats that only the name tells from harmless containers, with the header that the container must have. */
const PACKAGES = new Map<string, readonly [magic: number, name: string]>([
  ...['jar', 'war', 'ear', 'aar', 'par', 'sar'].map((name) => [name, [ZIP, 'Java archive']] as const),
  ...['apk', 'aab', 'ipa', 'xapk'].map((name) => [name, [ZIP, 'app package']] as const),
  ...['whl', 'egg', 'pex'].map((name) => [name, [ZIP, 'Python package']] as const),
  ...['nupkg', 'vsix', 'xpi', 'appx', 'msix'].map((name) => [name, [ZIP, 'package']] as const),
  ...['msi', 'msp'].map((name) => [name, [0xd0cf11e0, 'Windows installer']] as const),
  ['jmod', [0x4a4d0100, 'Java module']],
  ['snap', [0x68737173, 'snap package']],
  ['pyc', [0, 'Python bytecode']],
  ['pyo', [0, 'Python bytecode']],
  ['iso', [0, 'disk image']],
  ['swf', [0, 'Flash program']],
  ['o', [0, 'object file']],
  ['obj', [0, 'object file']],
]);

/** Machines of COFF object files. */
const MACHINES: ReadonlySet<number> = new Set([0x14c, 0x8664, 0xaa64, 0x1c0, 0x1c4, 0x200, 0x5032, 0x5064]);

function byName(head: Uint8Array, extension: string): string | undefined {
  const [magic, name] = PACKAGES.get(extension)!;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (magic !== 0) return view.getUint32(0) === magic ? name : undefined;
  switch (extension) {
    case 'pyc':
    case 'pyo':
      return view.getUint16(2) === 0x0d0a ? name : undefined;
    case 'swf':
      return /^[FCZ]WS$/.test(String.fromCharCode(...head.subarray(0, 3))) && head[3]! < 64
        ? name
        : undefined;
    case 'o':
    case 'obj':
      return head.length >= 20 && MACHINES.has(view.getUint16(0, true)) && !isText(head) ? name : undefined;
    case 'iso':
      return !isText(head) ? name : undefined;
    default:
      return undefined;
  }
}
