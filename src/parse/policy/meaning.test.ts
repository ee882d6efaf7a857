import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../../test/support/cpu.ts';
import { policyMeaning, securitySection } from './meaning.ts';

describe('policyMeaning', () => {
  it.each([
    ['Send vulnerabilities to security@acme.org please.', 'security@acme.org'],
    [
      'Report it at https://github.com/o/r/security/advisories/new.',
      'https://github.com/o/r/security/advisories/new.',
    ],
    ['Use https://hackerone.com/acme to report.', 'https://hackerone.com/acme'],
    ['Use the "Report a vulnerability" button.', '"Report a vulnerability"'],
    ['Write to security (at) acme (dot) org.', 'security (at) acme (dot) org'],
    ['Contact: https://acme.org/form\nExpires: 2030-01-01', 'https://acme.org/form'],
    ['See https://acme.org for vulnerabilities.', undefined],
    ['Our policy: https://github.com/acme/security', undefined],
    ['Write to someone@example.com.', undefined],
    ['Open an issue at https://github.com/o/r/issues.', undefined],
  ])('contact in %j', (text, contact) => expect(policyMeaning(text).contact).toBe(contact));
  it.each([
    ['Please report vulnerabilities to us.', true],
    ['If you find a security issue, e-mail a@b.org', true],
    ['Supported versions: 1.2.3 since 2024-01-01.', false],
    ['https://acme.org/policy', false],
    ['Use this section to tell people how to report a vulnerability.\nTell them where to go.', false],
  ])('process in %j', (text, process) => expect(policyMeaning(text).process).toBe(process));
  it.each([
    ['We answer within 48 hours.', '48 hours'],
    ['You will hear from us in two to three business days.', 'two to three business days'],
    ['We disclose after 90 days', '90 days'],
    ['Version 3 is supported for 12 months.', undefined],
    ['Version 1.2.3, 2024-01-01', undefined],
  ])('time in %j', (text, time) => expect(policyMeaning(text).time).toBe(time));
  it('stays linear', () => {
    const start = cpuTime();
    for (const text of ['a at ', 'one or ', 'report a ', 'security ', '[at]', '1 - '].map((one) =>
      one.repeat(50_000),
    ))
      policyMeaning(text);
    expect(cpuTime() - start).toBeLessThan(3000);
  });
});

describe('securitySection', () => {
  it('ends at the next heading', () => {
    expect(securitySection('# A\n\n## Security\nmail us\n\n## B\nx')).toBe('## Security\nmail us\n');
    expect(securitySection('A\n=\n\nSecurity Reports\n----------------\n\nmail us\n\nB\n-----\n')).toContain(
      'mail us',
    );
    expect(securitySection('# A\nsecurity is good\n')).toBeUndefined();
  });
});
