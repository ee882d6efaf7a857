/** Reference: file-checks 8.9. */
import { describe, expect, test } from 'vitest';
import {
  isFixedVersion,
  judgeNuget,
  judgeNugetAll,
  readCentralPackages,
  readProjectSettings,
} from './nuget.ts';

const project = (body: string): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<Project>${body}</Project>`;
const locked = (value: string): string =>
  project(`<PropertyGroup><RestoreLockedMode>${value}</RestoreLockedMode></PropertyGroup>`);
const central = (on: string, versions = ''): string =>
  project(
    `<PropertyGroup><ManagePackageVersionsCentrally>${on}</ManagePackageVersionsCentrally></PropertyGroup><ItemGroup>${versions}</ItemGroup>`,
  );
const version = (text: string): string => `<PackageVersion Include="X" Version="${text}" />`;

describe('fixed versions', () => {
  test.each(['[1.0]', '[10.1.1-beta.1]', '[$(Var)]'])('fixed: %s', (text) => {
    expect(isFixedVersion(text)).toBe(true);
  });
  test.each(['1.0', '[1.0,)', '(1.0,)', '[1.0,2.0]', '(1.0)', '', '[]', '[[1]]'])('not fixed: %s', (text) => {
    expect(isFixedVersion(text)).toBe(false);
  });
});

describe('project files', () => {
  test.each(['true', 'True', 'TRUE', '1', 't', ' true\n'])('locked: %j', (value) => {
    expect(readProjectSettings(locked(value))?.isLocked).toBe(true);
  });
  test.each(['false', '0', ''])('not locked: %j', (value) => {
    expect(readProjectSettings(locked(value))?.isLocked).toBe(false);
  });
  test.each([
    locked('yes'),
    locked('$(X)'),
    '<Project>',
    '<a></b>',
    '<Other></Other>',
    '',
    locked('&x;'),
    '<Project a=b/>',
  ])('unreadable: %j', (text) => {
    expect(readProjectSettings(text)).toBeUndefined();
  });
  test('conditions, comments, name spaces, CDATA and other elements do not matter', () => {
    const text =
      '\uFEFF<!-- a --><Project xmlns="u" Sdk=\'x\'><A><PropertyGroup><RestoreLockedMode>x</RestoreLockedMode></PropertyGroup></A>' +
      "<PropertyGroup Condition=\"'a' == 'b'\"><B/><RestoreLockedMode><![CDATA[true]]></RestoreLockedMode></PropertyGroup></Project>";
    expect(readProjectSettings(text)).toEqual({ isLocked: true, allowsUnsafeBlocks: false });
  });
  test('the last mention in a group wins, any group counts', () => {
    const flag = (value: string): string => `<AllowUnsafeBlocks>${value}</AllowUnsafeBlocks>`;
    const group = (body: string): string => `<PropertyGroup>${body}</PropertyGroup>`;
    expect(readProjectSettings(project(group(flag('true') + flag('false'))))?.allowsUnsafeBlocks).toBe(false);
    expect(readProjectSettings(project(group(flag('true')) + group(flag('false'))))?.allowsUnsafeBlocks).toBe(
      true,
    );
  });
});

describe('judgement', () => {
  const props = (...texts: string[]) =>
    texts.map((text, at) => ({ path: `p${at}`, settings: readCentralPackages(text) }));
  const projects = (...texts: string[]) =>
    texts.map((text, at) => ({ path: `c${at}`, settings: readProjectSettings(text) }));

  test.each([
    ['central, all fixed', props(central('true', version('[1.0]'))), projects(), true],
    ['central, no versions', props(central('true')), projects(), true],
    [
      'central, one floats',
      props(central('true', version('[1.0]') + version('1.0'))),
      projects(locked('true')),
      false,
    ],
    ['other props first', props(project(''), central('true')), projects(), false],
    ['unreadable props first', props('<', central('true')), projects(), true],
    ['switched off, all locked', props(central('false', version('1.0'))), projects(locked('true')), true],
    ['one not locked', props(), projects(locked('true'), locked('false')), false],
    ['none locked', props(), projects(locked('false')), false],
    ['no project files', props(), projects(), false],
    ['unreadable project file ignored', props(), projects(locked('true'), '<'), true],
  ])('%s', (_name, propsFiles, projectFiles, expected) => {
    expect(judgeNuget(propsFiles, projectFiles).pins).toBe(expected);
  });

  test('what keeps it from pinning is named', () => {
    expect(
      judgeNuget(props(central('true', version('1.0') + version('[2]') + version('[1,2]'))), []),
    ).toEqual({
      pins: false,
      unfixedVersions: ['1.0', '[1,2]'],
      unlockedProjects: [],
      unreadable: [],
    });
    expect(judgeNuget(props('<'), projects(locked('true'), locked('0'), '<'))).toEqual({
      pins: false,
      unfixedVersions: [],
      unlockedProjects: ['c1'],
      unreadable: ['p0', 'c2'],
    });
  });

  test('all props files together', () => {
    expect(judgeNugetAll(props(project(''), central('true', version('[1.0]'))), []).pins).toBe(true);
    expect(judgeNugetAll(props(central('true'), central('true', version('1.0'))), []).pins).toBe(false);
  });
});
