import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, boarded, cleared, FACETS, isFiltered, LOOKS, looked, narrowed, parse, print, stated, studiesOf, toggled, today, VIEWS, isPlain, type Address } from '../src/address.ts';
import { viewed } from '../src/screens/explore/viewed.ts';
import { strangeOf } from '../src/strange.ts';
import { OWN, own } from '../src/views.ts';

const read = (address: string): Address => {
  const url = new URL(address, 'http://x');
  return parse(url.pathname, url.search);
};

test('every path survives a round trip', () => {
  for (const path of ['/', '/explore', '/publishers', '/publishers/inegi', '/datasets', '/datasets/denue', '/requests', '/requests/lluvia', '/organisations/a%2Fb', '/sectors/data_technology', '/sdgs/3', '/areas/MX-JAL', '/studies/od100-mx', '/waves/od100mx-2014', '/schemes', '/schemes/sdg_target', '/about', '/method']) {
    assert.equal(print(read(path)), path);
  }
});

test('what is not a path is said to be missing, and keeps its name', () => {
  for (const path of ['/nowhere', '/publishers/a/b', '/explore/x', '/requests/new', '/requests/lluvia/support']) {
    assert.equal(read(path).place.screen, 'missing');
    assert.equal(print(read(path)), path);
  }
});

test('repeated and comma-separated values are one thing, sorted and without doubles', () => {
  const one = read('/explore?sector=b&sector=a,c&sector=a');
  assert.deepEqual(one.filter.sector, ['a', 'b', 'c']);
  assert.equal(print(one), '/explore?sector=a,b,c');
  assert.equal(print(read('/explore?sdg=16,3')), '/explore?sdg=3,16');
});

test('printing is stable and does not depend on the order of the query', () => {
  const a = print(read('/explore?lang=es&q=casa+verde&area=MX-JAL&view=table&grade=D&sort=-publishers'));
  const b = print(read('/explore?grade=D&view=table&sort=-publishers&area=MX-JAL&q=casa%20verde&lang=es'));
  assert.equal(a, b);
  assert.equal(a, '/explore?view=table&area=MX-JAL&grade=D&q=casa+verde&sort=-publishers&lang=es');
  assert.equal(print(read(a)), a);
});

test('the board has conditions of its own, which no other screen carries', () => {
  const one = read('/requests?status=forwarded&need=stale&overdue=1&publisher=cirla&sort=heat&q=agua');
  assert.deepEqual(one.board, { status: 'forwarded', need: 'stale', overdue: '1' });
  assert.equal(print(one), '/requests?publisher=cirla&q=agua&status=forwarded&need=stale&overdue=1&sort=heat');
  assert.equal(print(cleared(one)), '/requests?sort=heat');
  assert.equal(print(boarded(one, 'status', undefined)), '/requests?publisher=cirla&q=agua&need=stale&overdue=1&sort=heat');
  assert.equal(print(read('/explore?status=forwarded')), '/explore');
});

test('defaults and empty values leave no trace', () => {
  assert.equal(print(read('/explore?view=map&sector=&q=&lang=fr')), '/explore');
  assert.equal(isFiltered(read('/explore?sector=').filter), false);
  assert.equal(isFiltered(read('/explore?q=a').filter), true);
});

test('a facet value switches on and off and goes back to the first page', () => {
  const start = read('/explore?after=abc');
  const on = toggled(start, 'sector', 'energy');
  assert.equal(print(on), '/explore?sector=energy');
  assert.equal(print(toggled(on, 'sector', 'energy')), '/explore');
  assert.equal(print(narrowed(on, 'sector', [])), '/explore');
});

test('single conditions are set, replaced and removed', () => {
  const set = stated(at({ screen: 'explore' }), 'bbox', '-104,19,-99,22');
  assert.equal(print(set), '/explore?bbox=-104,19,-99,22');
  assert.equal(print(stated(set, 'bbox', undefined)), '/explore');
});

test('clearing removes every filter but keeps view and language', () => {
  const query = FACETS.map((facet) => `${facet}=x`).join('&');
  assert.equal(print(cleared(read(`/explore?${query}&q=a&asOf=2025-01-01&view=table&lang=es`))), '/explore?view=table&lang=es');
});

test('how a picture is drawn is kept on the explorer, also while another picture is looked at', () => {
  const flow = read('/explore?view=flow&form=long&skip=12&sector=energy');
  assert.deepEqual(flow.look, { form: 'long', skip: '12' });
  assert.equal(print(flow), '/explore?view=flow&sector=energy&form=long&skip=12');
  assert.equal(print(looked(flow, { form: undefined })), '/explore?view=flow&sector=energy&skip=12');
  assert.equal(print(viewed(flow, 'table')), '/explore?view=table&sector=energy&form=long&skip=12');
  // Another selection may have no such page.
  assert.equal(print(toggled(flow, 'sector', 'energy')), '/explore?view=flow&form=long');
  assert.equal(print(read('/explore?view=network&node=publisher:inegi&depth=2')), '/explore?view=network&node=publisher:inegi&depth=2');
  assert.equal(read('/explore?view=nonsense').view, 'map');
  // Where the map stands goes along with filters, and is no part of them.
  const moved = read('/explore?at=19.43,-99.13,8.5&layer=areas');
  assert.equal(print(toggled(moved, 'sector', 'energy')), '/explore?sector=energy&layer=areas&at=19.43,-99.13,8.5');
  assert.equal(print(viewed(moved, 'table')), '/explore?view=table&layer=areas&at=19.43,-99.13,8.5');
  assert.equal(isFiltered(moved.filter), false);
});

test('whoever switches the picture there and back has the address as it was, and no word of it is strange', () => {
  const drawn = { map: 'layer=areas&at=20.67,-103.35,6.5', flow: 'form=matrix&skip=10', network: 'node=publisher:inegi&depth=3&colour=kind&sized=equal', table: 'columns=sector,size&sort=name' };
  for (const view of VIEWS) {
    const start = read(`/explore?view=${view}&family=data&${drawn[view]}`);
    for (const other of VIEWS) {
      const there = print(viewed(start, other));
      assert.deepEqual(strangeOf(there.slice(there.indexOf('?'))), []);
      assert.equal(print(viewed(read(there), view)), print(start), `${view} by ${other}`);
      // What is cited there is what is shown.
      if (other !== view) assert.equal(print(own(read(there))), print({ ...at({ screen: 'explore' }), view: other, filter: start.filter }));
    }
    assert.equal(print(own(start)), print(start));
  }
  // Each word of a look is some view's own.
  assert.deepEqual(Object.values(OWN).flat().toSorted(), [...LOOKS].toSorted());
  // A page of the table is of no other, and another screen has its own order.
  assert.equal(print(viewed(read('/explore?view=table&after=x'), 'flow')), '/explore?view=flow');
  assert.equal(print(own(read('/requests?sort=newest&status=open'))), '/requests?status=open&sort=newest');
});

test('where another place is chosen in any picture the map shows it, and not where the reader had been', () => {
  const cases: [string, (here: Address) => Address, boolean][] = [
    ['', (here) => toggled(here, 'area', 'JAL'), false],
    ['', (here) => narrowed(here, 'chapter', ['mx']), false],
    ['', (here) => toggled(here, 'sector', 'energy'), true],
    ['', (here) => stated(here, 'q', 'agua'), true],
    ['&area=JAL', (here) => toggled(here, 'area', 'JAL'), false],
    ['&area=JAL', cleared, false],
    ['&family=data', cleared, true],
  ];
  for (const [words, change, stays] of cases) {
    for (const view of VIEWS) assert.equal('at' in change(read(`/explore?view=${view}&at=20.67,-103.35,6.5${words}`)).look, stays, `${view}${words}`);
  }
});

test('a roll-up alone selects nothing', () => {
  assert.equal(isFiltered(read('/explore?rollup=root').filter), false);
});

test('the roll-up that holds where none is named is left out', () => {
  assert.equal(print(read('/explore?view=flow&rollup=AS_DECIDED&sector=energy')), '/explore?view=flow&sector=energy');
  assert.equal(print(read('/publishers/inegi?rollup=as_decided')), '/publishers/inegi');
  assert.equal(print(read('/publishers/inegi?rollup=as_stated')), '/publishers/inegi?rollup=as_stated');
});

test('the page of a body keeps to the studies and waves of its address, and to nothing else of it', () => {
  assert.deepEqual(studiesOf(read('/publishers/inegi?chapter=mx&sector=energy&wave=mx-2018,mx-2014')), { chapter: ['mx'], wave: ['mx-2014', 'mx-2018'] });
  assert.deepEqual(studiesOf(read('/publishers/inegi?rollup=root')), {});
});

test('odd input does not throw', () => {
  assert.equal(read('/publishers/%E0%A4%A').place.screen, 'publisher');
  assert.deepEqual(read('/explore?q=%00').filter.q, '\0');
});

test('another day is the server’s own page, in the explorer alone it is drawn', () => {
  assert.deepEqual([read('/?asOf=1900-01-01'), read('/publishers/inegi?knownAt=2020-01-01T00:00:00Z'), read('/explore?asOf=1900-01-01'), read('/publishers/inegi')].map(isPlain), [true, true, false, false]);
  // Only the explorer says itself what is wrong with a roll-up; elsewhere the server's refusal stays.
  assert.deepEqual(['root', 'PUBLISHER', 'Successor_chain', 'banana', 'roots'].map((word) => isPlain(read(`/publishers/inegi?rollup=${word}`))), [false, false, false, true, true]);
  assert.equal(isPlain(read('/explore?rollup=banana')), false);
  assert.equal(print(today(read('/explore?family=data&asOf=1900-01-01&knownAt=2020-01-01T00:00:00Z&lang=es'))), '/explore?family=data&lang=es');
});
