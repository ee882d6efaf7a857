/**
 * A private certificate authority and one server certificate, written here in DER so that no program is
 * needed for them. Made once per process and only when somebody speaks TLS.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface Certificates {
  /** PEM texts. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const OID = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  basicConstraints: '551d13',
  keyUsage: '551d0f',
  extendedKeyUsage: '551d25',
  subjectAltName: '551d11',
  subjectKeyId: '551d0e',
  authorityKeyId: '551d23',
  serverAuth: '2b06010505070301',
} as const;

/** One DER value: tag, length, content. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const octets = (value: Uint8Array): Buffer => der(0x04, value);
const bits = (unused: number, value: Uint8Array): Buffer => der(0x03, Buffer.from([unused]), value);
const yes = der(0x01, Buffer.from([0xff]));
const utcTime = (at: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(at).toISOString().replace(/\D/g, '').slice(2, 14)}Z`));
const name = (text: string): Buffer =>
  sequence(der(0x31, sequence(oid(OID.commonName), der(0x0c, Buffer.from(text)))));
const extension = (id: string, value: Buffer, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [yes] : []), octets(value));

const algorithm = sequence(oid(OID.ecdsaWithSha256));
const DAY = 864e5;

interface Subject {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  readonly days: number;
  readonly extensions: readonly Buffer[];
}

interface Issuer {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });
const keyId = (key: KeyObject): Buffer => createHash('sha1').update(spki(key)).digest();

function certificate(subject: Subject, issuer: Issuer): string {
  const serial = randomBytes(16);
  serial[0] = 0x40 | ((serial[0] as number) & 0x3f);
  const now = Date.now();
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    algorithm,
    name(issuer.commonName),
    sequence(utcTime(now - DAY), utcTime(now + subject.days * DAY)),
    name(subject.commonName),
    spki(subject.publicKey),
    der(
      0xa3,
      sequence(
        ...subject.extensions,
        extension(OID.subjectKeyId, octets(keyId(subject.publicKey))),
        extension(OID.authorityKeyId, sequence(der(0x80, keyId(issuer.publicKey)))),
      ),
    ),
  );
  return pem(sequence(body, algorithm, bits(0, sign('sha256', body, issuer.privateKey))));
}

function pem(content: Buffer): string {
  const lines = content
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** A host name or an IPv4 address as an alternative name. */
const alternativeName = (host: string): Buffer =>
  /^\d+\.\d+\.\d+\.\d+$/.test(host)
    ? der(0x87, Buffer.from(host.split('.').map(Number)))
    : der(0x82, Buffer.from(host));

let authority: (Issuer & { readonly cert: string }) | undefined;

function makeAuthority(): Issuer & { readonly cert: string } {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const self = { commonName: 'Simulated GitHub test CA', ...keys };
  const extensions = [
    extension(OID.basicConstraints, sequence(yes), true),
    extension(OID.keyUsage, bits(1, Buffer.from([0x06])), true),
  ];
  return { ...self, cert: certificate({ ...self, days: 3650, extensions }, self) };
}

/** A server certificate for these hosts, signed by this process's own authority. */
export function makeCertificates(hosts: readonly string[]): Certificates {
  authority ??= makeAuthority();
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extensions = [
    extension(OID.basicConstraints, sequence(), true),
    extension(OID.keyUsage, bits(7, Buffer.from([0x80])), true),
    extension(OID.extendedKeyUsage, sequence(oid(OID.serverAuth))),
    extension(OID.subjectAltName, sequence(...hosts.map(alternativeName))),
  ];
  const cert = certificate({ commonName: 'localhost', publicKey, days: 820, extensions }, authority);
  return { ca: authority.cert, cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}
