/**
 * Executable formats by their first bytes. Own table of the formats the Binary-Artifacts check reports
 * (file-checks 2.2); formats it never reports (archives, pictures, fonts) are left out on purpose.
 */

/** Kinds that the reference reports by content. `mz` and `mach-o` are as coarse as the reference's. */
export type Signature =
  | 'elf'
  | 'mz'
  | 'mach-o'
  | 'wasm'
  | 'dex'
  | 'optimized dex'
  | 'chrome extension'
  | 'debian package'
  | 'rpm package';

/**
 * The format a file's first bytes announce, as the reference sees it.
 * @param head at most the first 1024 bytes
 */
export function signatureOf(head: Uint8Array): Signature | undefined {
  if (head.length < 2) return undefined;
  switch (head[0]) {
    case 0x4d:
      return head[1] === 0x5a ? 'mz' : undefined;
    case 0x7f:
      return head.length > 52 && startsWith(head, 0, 0x45, 0x4c, 0x46) ? 'elf' : undefined;
    case 0x00:
      return startsWith(head, 0, 0x61, 0x73, 0x6d, 1, 0, 0, 0) ? 'wasm' : undefined;
    case 0x64:
      return dex(head);
    case 0x43:
      return startsWith(head, 0, 0x72, 0x32, 0x34) ? 'chrome extension' : undefined;
    case 0x21:
      return isDebianPackage(head) ? 'debian package' : undefined;
    case 0xed:
      return head.length > 96 && startsWith(head, 0, 0xab, 0xee, 0xdb) ? 'rpm package' : undefined;
    default:
      return isMachO(head) ? 'mach-o' : undefined;
  }
}

/** Compares the bytes after the one at `at`; the caller has compared that one. */
function startsWith(bytes: Uint8Array, at: number, ...rest: readonly number[]): boolean {
  for (let index = 0; index < rest.length; index++) {
    if (bytes[at + 1 + index] !== rest[index]) return false;
  }
  return true;
}

const DEBIAN = '!<arch>\ndebian-binary';

function isDebianPackage(head: Uint8Array): boolean {
  if (head.length < DEBIAN.length) return false;
  for (let index = 0; index < DEBIAN.length; index++) {
    if (head[index] !== DEBIAN.charCodeAt(index)) return false;
  }
  return true;
}

/** The fat header CA FE BA BE is Java's class magic as well. */
function isMachO(head: Uint8Array): boolean {
  switch (head[0]) {
    case 0xfe:
      return startsWith(head, 0, 0xed, 0xfa, 0xcf) || startsWith(head, 0, 0xed, 0xfa, 0xce);
    case 0xca:
      return startsWith(head, 0, 0xfe, 0xba, 0xbe);
    case 0xbe:
      return startsWith(head, 0, 0xba, 0xfe, 0xca);
    case 0xcf:
    case 0xce:
      return startsWith(head, 0, 0xfa, 0xed, 0xfe);
    default:
      return false;
  }
}

function dex(head: Uint8Array): Signature | undefined {
  if (isDex(head, 0, head.length)) return 'dex';
  const optimized = head.length > 100 && startsWith(head, 0, 0x65, 0x79, 0x0a) && isDex(head, 40, 100);
  return optimized ? 'optimized dex' : undefined;
}

function isDex(bytes: Uint8Array, from: number, to: number): boolean {
  return (
    to - from > 36 &&
    bytes[from] === 0x64 &&
    startsWith(bytes, from, 0x65, 0x78, 0x0a) &&
    bytes[from + 36] === 0x70
  );
}

/**
 * The reference's text test (file-checks 2.2): no control byte other than tab, LF and CR before the last three bytes.
 * Bytes of longer UTF-8 sequences and invalid ones are never control bytes, so no decoding is needed.
 */
export function isText(head: Uint8Array): boolean {
  for (let index = 0; index + 4 <= head.length; index++) {
    const byte = head[index]!;
    if (byte < 0x20 && byte !== 0x0a && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}
