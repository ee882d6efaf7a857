/** Names and beginnings of software bills of materials. */

/** The reference's pattern (file-checks 10.1): not anchored at the end, inner dots stand for any character. */
const REFERENCE = /.\.(?:cdx[^\n]json|cdx[^\n]xml|spdx)/i;

/** True when the reference takes a file or asset of this name for a bill of materials. */
export function namesSbom(name: string): boolean {
  return REFERENCE.test(name);
}

/** Recommended names of both standards, and the ones that are common besides. */
const EXACT =
  /(?:^|.\.)(?:cdx|cyclonedx)\.(?:json|xml)$|.\.spdx(?:\.(?:json|ya?ml|xml|rdf(?:\.xml)?|tag))?$|^bom\.(?:json|xml)$|(?:^|[-_.])sbom(?:[-_.](?:cdx|cyclonedx|spdx))?\.(?:json|xml|ya?ml|spdx)$|(?:^|[-_.])sbom[-_.][\w.-]{1,80}\.(?:json|xml)$/i;

/** True for a whole name of a bill of materials; signatures and checksums of one are none. */
export function isSbomName(name: string): boolean {
  return EXACT.test(name);
}

/** The format that the beginning of a document shows. */
export function sbomFormat(head: string): 'CycloneDX' | 'SPDX' | undefined {
  if (/"bomFormat"\s*:\s*"CycloneDX"|cyclonedx\.org\/schema|<bom\b[^>]{0,500}cyclonedx/i.test(head))
    return 'CycloneDX';
  if (/"?spdxVersion"?\s*:|^\s*SPDXVersion:|spdx\.org\/rdf|"SPDXRef-DOCUMENT"/im.test(head)) return 'SPDX';
  return undefined;
}
