import { expect, it } from 'vitest';
import { scoreText } from './score-text.ts';

it.each([
  [7.25, '7.2'],
  [7.75, '7.8'],
  [6.35, '6.3'],
  [10, '10.0'],
  [-1, '-1.0'],
  [0.25, '0.2'],
  [0, '0.0'],
  [7.95, '8.0'],
])('%d is %s', (score, text) => expect(scoreText(score)).toBe(text));
