// What of the map that is drawn as SVG is in sight, in degrees and back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COUNTRIES, project } from '../src/projection.js';
import { WHOLE } from '../src/screens/explore/moving.ts';
import { EVERYTHING, framing, isSame, LARGEST, part, seenAt, sight, standOf, type Sheet } from '../src/screens/explore/map/aim.ts';
import { groundOf, held, stacked, type Size } from '../src/screens/explore/map/sheet.ts';
import { unproject } from '../src/screens/explore/map/unproject.ts';
import { parseStand, printStand, type Stand } from '../src/stand.ts';

type Country = keyof typeof COUNTRIES;

function sheetOf(countries: Country[], width: number, height: number): Sheet {
  const ground = groundOf(stacked(countries), { width, height, foot: 90 }, width < 500);
  return { ground, width, height, home: (_, lat) => (countries.length > 1 ? (lat > 31 ? 'US' : 'MX') : countries[0] ?? 'MX') };
}

const SHEETS = { wide: sheetOf(['MX'], 620, 560), phone: sheetOf(['MX'], 390, 448), both: sheetOf(['US', 'MX'], 620, 700) };

function at(word: string): Stand {
  const stand = parseStand(word);
  assert.ok(stand, word);
  return stand;
}

test('a point of a picture is the place that it was drawn for', () => {
  for (const [country, lon, lat] of [['MX', -99.13, 19.43], ['MX', -117.1, 32.5], ['US', -71.06, 42.36], ['US', -122.4, 37.8]] as const) {
    const [back, up] = unproject(country, ...project(country, lon, lat));
    assert.ok(Math.abs(back - lon) < 1e-9 && Math.abs(up - lat) < 1e-9, `${country} ${lon} ${lat}: ${back} ${up}`);
  }
});

// The address, the box, and what the address says after the map has stood there.
const STANDS: [string, keyof typeof SHEETS, string][] = [
  ['25.6,-100.3,6', 'wide', '25.6,-100.3,6'],
  ['25.6,-100.3,6', 'phone', '25.6,-100.3,6'],
  ['19.433,-99.133,7.25', 'wide', '19.433,-99.133,7.25'],
  ['25.6,-100.3,6', 'both', '25.6,-100.3,6'],
  ['42.36,-71.06,5.5', 'both', '42.36,-71.06,5.5'],
];

test('what an address says of the map it says after the map has stood there', () => {
  for (const [word, name, then] of STANDS) {
    const sheet = SHEETS[name];
    const seen = seenAt(at(word), sheet);
    assert.ok(seen.scale > 1, word);
    assert.equal(printStand(standOf(seen, sheet)), then, `${word} ${name}`);
    const [[west, south], [east, north]] = sight(seen, sheet) as [[number, number], [number, number]];
    const { lat, lon } = at(word);
    assert.ok(west < lon && lon < east && south < lat && lat < north, `${word} ${name}: ${west} ${south} ${east} ${north}`);
  }
});

test('it comes as near as the drawing goes, and no farther than the whole', () => {
  assert.equal(seenAt(at('19.4326,-99.1332,14'), SHEETS.wide).scale, LARGEST);
  assert.equal(seenAt(at('19.4,-99.1,1'), SHEETS.wide).scale, 1);
});

test('the whole is no part, nor is it a little moved; closer up it is', () => {
  for (const sheet of Object.values(SHEETS)) {
    assert.equal(framing(EVERYTHING, sheet), WHOLE);
    assert.equal(part(WHOLE, sheet, EVERYTHING), undefined);
    assert.equal(part({ ...WHOLE, dx: 8 }, sheet, EVERYTHING), undefined);
    assert.ok(part({ scale: 2, dx: 0, dy: 0 }, sheet, EVERYTHING));
  }
});

test('a chosen area is framed: all of it is in sight, and closer up than the whole', () => {
  const nuevoLeon: [[number, number], [number, number]] = [[-101.2, 23.2], [-98.4, 27.8]];
  for (const [name, sheet] of Object.entries(SHEETS)) {
    const seen = framing(nuevoLeon, sheet);
    assert.ok(seen.scale > 2, name);
    assert.equal(part(seen, sheet, nuevoLeon), undefined, name);
    assert.ok(part({ ...seen, dx: seen.dx + sheet.width / 2 }, sheet, nuevoLeon), name);
    assert.ok(isSame(seen, framing(nuevoLeon, sheet)));
  }
});

test('a box that keeps its size never gives back what lay over it, so that its key and its labels come to an end', () => {
  const size = (foot: number, right: number, more: Partial<Size> = {}): Size => ({ width: 696, height: 649, foot, controls: [{ left: 10, top: 500, right, bottom: 640 }], ...more });
  const first = held({ width: 0, height: 0, foot: 0, controls: [] }, size(113, 474));
  assert.deepEqual(first, size(113, 474));
  const wider = held(first, size(118, 511));
  assert.deepEqual(wider, size(118, 511));
  assert.equal(held(wider, size(113, 474)), wider, 'the same object: nothing is drawn anew');
  assert.deepEqual(held(wider, size(120, 500)), size(120, 511));
  assert.deepEqual(held(wider, size(100, 400, { width: 390 })), size(100, 400, { width: 390 }), 'another size is another box');
  assert.deepEqual(held(wider, size(100, 400, { controls: [] })), size(100, 400, { controls: [] }), 'so is one with other controls');
});
