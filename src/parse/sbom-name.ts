/** Names of software bills of materials. */

/** The reference's pattern (file-checks 10.1): not anchored at the end, inner dots stand for any character. */
const REFERENCE = /.\.(?:cdx[^\n]json|cdx[^\n]xml|spdx)/i;

/** True when the reference takes a file or asset of this name for a bill of materials. */
export function namesSbom(name: string): boolean {
  return REFERENCE.test(name);
}
