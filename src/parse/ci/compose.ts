import { getValue, type YamlNode } from '../yaml/index.ts';
import { addImage, type Collector, pairsOf } from './model.ts';

/** Images of services that are fetched: one that is built here only gets its name from `image`. */
export function readCompose(root: YamlNode, found: Collector): void {
  for (const [, service] of pairsOf(getValue(root, 'services'))) {
    if (getValue(service, 'build') === undefined) addImage(getValue(service, 'image'), found);
  }
}
