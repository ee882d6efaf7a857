import { derive, perFile } from '../core/index.ts';
import {
  type CentralPackages,
  judgeNuget,
  judgeNugetAll,
  type NamedSettings,
  type NugetJudgement,
  type ProjectSettings,
  readCentralPackages,
  readProjectSettings,
} from '../parse/nuget.ts';

/** `Directory.*.props` files. Reference: file-checks 8.9. */
export const nugetProps = perFile<NamedSettings<CentralPackages>>({
  id: 'nugetProps',
  version: 1,
  read: 'whole',
  paths: {
    extensions: ['props'],
    where: (path) => !path.testData && path.lowerBase.startsWith('directory.'),
  },
  visit: (file) => [{ path: file.path, settings: readCentralPackages(file.text()) }],
});

/** C# projects. */
export const nugetProjects = perFile<NamedSettings<ProjectSettings>>({
  id: 'nugetProjects',
  version: 1,
  read: 'whole',
  paths: { extensions: ['csproj'], where: (path) => !path.testData },
  visit: (file) => [{ path: file.path, settings: readProjectSettings(file.text()) }],
});

/** Whether the project settings pin what NuGet commands leave open; as the reference reads them, and all of them. */
export const nugetPinning = derive({
  id: 'nugetPinning',
  version: 1,
  needs: { nugetProps, nugetProjects },
  derive: ({ nugetProps, nugetProjects }): { reference: NugetJudgement; truth: NugetJudgement } => ({
    reference: judgeNuget(nugetProps, nugetProjects),
    truth: judgeNugetAll(nugetProps, nugetProjects),
  }),
});
