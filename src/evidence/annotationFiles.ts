import { type AnnotationFile, perFile } from '../core/index.ts';
import { parseAnnotations } from '../parse/annotations.ts';

/** The reference's six names, in its order (formats-and-cli 10), and Assay's own. */
export const REFERENCE_FILES = [
  'scorecard.yml',
  'scorecard.yaml',
  '.scorecard.yml',
  '.scorecard.yaml',
  '.github/scorecard.yml',
  '.github/scorecard.yaml',
];
export const OWN_FILES = ['.assay.yml', '.assay.yaml', '.github/assay.yml', '.github/assay.yaml'];

const PATHS = new Set([...REFERENCE_FILES, ...OWN_FILES]);

/** Files in which maintainers say why a finding is no problem. */
export const annotationFiles = perFile<AnnotationFile>({
  id: 'annotationFiles',
  version: 1,
  read: 'whole',
  maxBytes: 1024 * 1024,
  paths: {
    names: [...new Set([...PATHS].map((path) => path.slice(path.lastIndexOf('/') + 1)))],
    where: (path) => PATHS.has(path.path),
  },
  visit: (file) => [file.parsed(parseAnnotations)],
});
