// Colours that carry meaning can be told from what is around them, in both themes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const sheet = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8');

/** The colours of the block that follows a selector. */
function theme(selector: string): Map<string, string> {
  const block = sheet.slice(sheet.indexOf(selector)).split('}')[0] ?? '';
  return new Map([...block.matchAll(/--([a-z0-9-]+): (#[0-9A-F]{6});/g)].map(([, name = '', value = '']) => [name, value]));
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.039_28 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const LIGHT = theme(':root {');
const DARK = theme(':root[data-theme="dark"] {');

test('the dark theme is one, whoever asks for it', () => {
  assert.deepEqual(theme(':root:not([data-theme="light"]) {'), DARK);
  assert.ok(DARK.size > 30);
});

for (const [name, of] of [['light', LIGHT], ['dark', DARK]] as const) {
  const colour = (token: string): string => of.get(token) ?? assert.fail(token);
  const ramp = [1, 2, 3, 4, 5].map((at) => colour(`q-${at}`));

  test(`${name}: hatching is seen on every ground`, () => {
    for (const ground of ['paper', 'surface', 'sunken']) assert.ok(contrast(colour('hatch'), colour(ground)) >= 3, ground);
  });

  test(`${name}: the shades are in order, and each is told from the one before and from none`, () => {
    [colour('q-zero'), ...ramp].forEach((shade, at, all) => {
      const before = all[at - 1];
      if (before) assert.ok(contrast(shade, before) >= (at === 1 ? 1.25 : 1.4) && luminance(shade) > luminance(before) === (name === 'dark'), `${before} ${shade}`);
    });
  });

  test(`${name}: a number can be read on each shade`, () => {
    ['low', 'low', 'mid', 'high', 'high'].forEach((ink, at) => assert.ok(contrast(colour(`on-${ink}`), ramp[at] ?? '') >= 4.5, `q-${at + 1}`));
  });
}

test('on a dark ground the first shade is not taken for it', () => {
  for (const ground of ['paper', 'surface', 'sea', 'land-2']) assert.ok(contrast(DARK.get('q-1') ?? '', DARK.get(ground) ?? '') >= 1.8, ground);
});
