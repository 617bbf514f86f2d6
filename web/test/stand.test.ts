import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStand, printStand } from '../src/stand.ts';

test('where the map stands survives a round trip, with few decimals', () => {
  assert.equal(printStand({ lat: 23.612345, lon: -101.98765, zoom: 3.6 }), '23.61,-101.99,3.6');
  assert.equal(printStand({ lat: 19.4326077, lon: -99.133208, zoom: 12.3456 }), '19.43261,-99.13321,12.35');
  assert.equal(printStand({ lat: -0.0001, lon: 180.04, zoom: 1 }), '0,180,1');
  for (const word of ['23.61,-101.99,3.6', '19.43261,-99.13321,12.35', '-85,180,1', '-0.5,0,14']) {
    const stand = parseStand(word);
    assert.ok(stand);
    assert.equal(printStand(stand), word);
  }
});

// The server's own page reads the same words alike: `src/http/page/strange.rs` looks for them here.
const NONE = [
  'here', '19,-99', '19,-99,5,1', '86,0,5', '91,0,5', '0,181,5', '0,0,0.5', '0,0,15', '19,-99,40', '1e1,0,5',
  'inf,0,5', ' 19,-99,5', '19,-99,-5', '19.,-99,8', '.5,0,5', '19,-99,8.', '1.2.3,0,5', '--5,0,5', '+5,0,5',
  '-,0,5', '19,,5',
];

test('what is no place on the map is none', () => {
  for (const word of [undefined, '', ...NONE]) assert.equal(parseStand(word), undefined, word);
});
