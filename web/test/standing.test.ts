import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../src/address.ts';
import type { Bounds } from '../src/screens/explore/map/basemap.ts';
import { arrived, counted, moved, NOWHERE, resized, rested, settled, wantedOf, widened, type Next } from '../src/screens/explore/map/standing.ts';

// The whole as it is known at first, and as it is known closer up; what areas and a box choose.
const BOXES = { all: [[-117, 14], [-86, 33]], less: [[-100, 19], [-99, 20]], JAL: [[-105, 19], [-101, 22]], NLE: [[-101, 23], [-98, 27]], box: [[-104, 18], [-97, 22]] } satisfies Record<string, Bounds>;
type Box = keyof typeof BOXES;
const nameOf = (bounds: Bounds | undefined): string => (bounds ? (Object.keys(BOXES) as Box[]).find((one) => BOXES[one] === bounds) ?? '?' : 'nothing');

/** Where the reader goes. */
const [A, B] = ['19.43,-99.13,8', '25.67,-100.31,6'];
const STRANGE = '91,0,5';

/** What the map would be: it carries out what is answered, and keeps the address. */
class Played {
  standing = NOWHERE;
  address: { ground: string; at?: string | undefined } = { ground: '' };
  place = 'made';
  /** What there is to frame where nothing is chosen. */
  known: Box | undefined = 'all';
  given: Box | undefined = undefined;
  /** All that was done, in its order. */
  done: string[] = [];

  /** Goes to an address. */
  to(ground: string, at?: string): void {
    this.address = { ground, at };
    this.arrive();
  }
  arrive(): void {
    const { ground, at } = this.address;
    const box = (one: Box | undefined): Bounds | undefined => (one ? BOXES[one] : undefined);
    this.carryOut(arrived(this.standing, { ground, stand: at }, { chosen: () => box((ground || this.given) as Box | undefined), all: () => box(this.known) }));
  }
  /** The circles of what is in sight are there, for whatever reason. */
  circles(): void {
    this.carryOut(counted(this.standing));
  }
  /** Its box becomes another. */
  box(): void {
    this.carryOut(resized(this.standing));
  }
  /** The reader moves the map to a place; it rests later. */
  move(place: string): void {
    this.standing = moved(this.standing);
    this.place = place;
  }
  /** The button: the map is on its way, and there when it rests. */
  whole(): void {
    const { now, turn } = widened(this.standing);
    this.standing = now;
    if (turn.do !== 'frame') return;
    this.place = nameOf(turn.bounds);
    this.done.push(`whole ${this.place}`);
  }
  /** What the application does follows: the map sees the address that it wrote. */
  rest(): void {
    const { now, say } = rested(this.standing, this.place, this.address.at);
    this.standing = now;
    if (!say) return;
    this.done.push(`at=${say.at ?? ''}`);
    this.to(this.address.ground, say.at);
  }
  private carryOut({ now, turn }: Next): void {
    this.standing = now;
    if (turn.do === 'stay') return;
    if (turn.do === 'go') this.place = `${turn.there.lat},${turn.there.lon},${turn.there.zoom}`;
    else if (turn.bounds) this.place = nameOf(turn.bounds);
    this.done.push(turn.do === 'go' ? `go ${this.place}` : `frame ${nameOf(turn.bounds)}`);
    this.standing = settled(this.standing, this.place);
  }
}

/** The first look, and what follows it by itself. */
function looked(map: Played, ground = '', at?: string): void {
  map.to(ground, at);
  map.circles();
  map.rest();
}

const CASES: Record<string, [what: (map: Played) => void, done: string[], at?: string | undefined]> = {
  'the first look without a place frames what there is, and the address stays without': [(map) => looked(map), ['frame all', 'frame all']],
  'where there is nothing to frame the map stays, and the address too': [(map) => { map.known = undefined; looked(map); }, ['frame nothing']],
  'the first look with a place goes there, and frames nothing': [(map) => looked(map, '', A), [`go ${A}`], A],
  'the first look with an area and a place goes to the place': [(map) => looked(map, 'JAL', A), [`go ${A}`], A],
  'the first look with an area frames it': [(map) => looked(map, 'JAL'), ['frame JAL', 'frame JAL']],
  'the first look with a box frames it': [(map) => { map.given = 'box'; looked(map); }, ['frame box', 'frame box']],
  'where the reader goes the address says, each time': [(map) => {
    looked(map);
    for (const place of [A, B]) { map.move(place); map.rest(); }
  }, ['frame all', 'frame all', `at=${A}`, `at=${B}`], B],
  'what rests where it stood says nothing anew': [(map) => { looked(map); map.move('all'); map.rest(); }, ['frame all', 'frame all']],
  'a map that comes to rest elsewhere by itself is where the reader now looks, as in a window of another size': [(map) => {
    looked(map);
    map.place = A;
    map.rest();
  }, ['frame all', 'frame all', `at=${A}`], A],
  'a rest before the first look says nothing': [(map) => { map.place = A; map.rest(); }, []],
  'the whole is shown, and the place leaves the address': [(map) => {
    looked(map);
    map.move(A);
    map.rest();
    map.whole();
    map.rest();
    map.rest();
  }, ['frame all', 'frame all', `at=${A}`, 'whole all', 'at=']],
  'where the address begins with a place, the whole is what would have been framed': [(map) => {
    looked(map, '', A);
    map.whole();
    map.rest();
    map.rest();
  }, [`go ${A}`, 'whole all', 'at=']],
  'there is no whole before the first look': [(map) => map.whole(), []],
  'a reader who moves the map on its way to the whole looks at something': [(map) => {
    looked(map, '', A);
    map.whole();
    map.move(B);
    map.rest();
  }, [`go ${A}`, 'whole all', `at=${B}`], B],
  'an area that is chosen is framed': [(map) => { looked(map); map.to('JAL'); map.circles(); map.rest(); }, ['frame all', 'frame all', 'frame JAL', 'frame JAL']],
  'an area that is chosen is framed, and the place leaves the address': [(map) => { looked(map, '', A); map.to('JAL', A); map.circles(); map.rest(); }, [`go ${A}`, 'frame JAL', 'frame JAL', 'at=']],
  'the place leaves the address as soon as the map rests, whether the circles are there or not': [(map) => { looked(map, '', A); map.to('JAL', A); map.rest(); map.circles(); }, [`go ${A}`, 'frame JAL', 'at=', 'frame JAL']],
  'an area that is taken back frames what there is': [(map) => { looked(map, 'JAL'); map.to(''); map.circles(); map.rest(); }, ['frame JAL', 'frame JAL', 'frame all', 'frame all']],
  'an area that nobody has drawn frames what there is': [(map) => { looked(map); map.to('XX'); }, ['frame all', 'frame all', 'frame all']],
  'another study frames what there is of it, and without it all is framed again': [(map) => {
    looked(map);
    for (const [study, known] of [['mx', 'less'], ['', 'all']] as const) { map.known = known; map.to(study); map.circles(); map.rest(); }
  }, ['frame all', 'frame all', 'frame less', 'frame less', 'frame all', 'frame all']],
  'another study is framed also where the reader has gone elsewhere': [(map) => {
    looked(map, '', A);
    map.known = 'less';
    map.to('mx', A);
    map.circles();
    map.rest();
  }, [`go ${A}`, 'frame less', 'frame less', 'at=']],
  'what else is asked moves nothing': [(map) => { looked(map, '', A); map.known = 'less'; map.arrive(); map.circles(); map.rest(); }, [`go ${A}`], A],
  'the way back to a place goes there': [(map) => { looked(map, '', A); map.to('', B); map.rest(); map.to('', A); map.rest(); }, [`go ${A}`, `go ${B}`, `go ${A}`], A],
  'the way back from an area to a place goes there': [(map) => { looked(map, 'JAL'); map.to('', A); map.circles(); map.rest(); }, ['frame JAL', 'frame JAL', `go ${A}`], A],
  'the way back to an address without a place frames': [(map) => {
    looked(map);
    map.move(A);
    map.rest();
    map.to('');
    map.circles();
    map.rest();
  }, ['frame all', 'frame all', `at=${A}`, 'frame all', 'frame all']],
  'on the way back to a place the whole stays what it was, though the map knows less closer up': [(map) => {
    looked(map);
    map.known = 'less';
    map.to('JAL');
    map.to('', A);
    map.rest();
    map.whole();
    map.rest();
  }, ['frame all', 'frame all', 'frame JAL', `go ${A}`, 'whole all', 'at=']],
  'what is strange in the address stays while the map frames and shows the whole, until the reader moves it': [(map) => {
    looked(map, '', STRANGE);
    assert.equal(map.address.at, STRANGE);
    map.whole();
    map.rest();
    assert.equal(map.address.at, STRANGE);
    map.move(A);
    map.rest();
  }, ['frame all', 'frame all', 'whole all', `at=${A}`], A],
  'a wheel that turns while the map is framed is the reader: nothing is framed again, and the address has the place': [(map) => {
    map.to('');
    map.move(A);
    map.circles();
    map.rest();
  }, ['frame all', `at=${A}`], A],
  'a wheel that goes on after the circles were looked at is the reader too': [(map) => {
    map.to('');
    map.circles();
    map.move(A);
    map.rest();
  }, ['frame all', 'frame all', `at=${A}`], A],
  'for other circles the map is framed again once': [(map) => { looked(map); map.circles(); map.circles(); map.rest(); }, ['frame all', 'frame all']],
  'for circles that come after its rest it is framed again, and the address stays': [(map) => { map.to(''); map.rest(); map.circles(); map.rest(); }, ['frame all', 'frame all']],
  'a map that is framed again, and rests elsewhere as its box became another, is at no place that anybody has gone to': [(map) => {
    looked(map);
    map.to('JAL');
    map.rest();
    map.circles();
    map.place = A;
    map.rest();
    map.rest();
  }, ['frame all', 'frame all', 'frame JAL', 'frame JAL']],
  'in a box of another size what was framed is framed anew, whenever that comes': [(map) => {
    map.to('');
    map.box();
    map.circles();
    map.rest();
    map.box();
    map.circles();
    map.box();
    map.rest();
  }, ['frame all', 'frame all', 'frame all', 'frame all', 'frame all', 'frame all']],
  'so it is where nothing matches, and no circles come': [(map) => { map.to(''); map.rest(); map.box(); map.rest(); }, ['frame all', 'frame all']],
  'a box that changes before the first look frames nothing, and so does one with nothing to frame': [(map) => {
    map.box();
    map.known = undefined;
    looked(map);
    map.box();
  }, ['frame nothing']],
  'in a box of another size the map stays where the reader went': [(map) => { looked(map); map.move(A); map.box(); map.rest(); map.box(); }, ['frame all', 'frame all', `at=${A}`], A],
  'it stays where the address says': [(map) => { looked(map, '', A); map.box(); map.rest(); map.box(); }, [`go ${A}`], A],
  'it stays where it has come to rest by itself': [(map) => { looked(map); map.place = A; map.rest(); map.box(); }, ['frame all', 'frame all', `at=${A}`], A],
  'once the whole is shown again it is framed anew': [(map) => { looked(map, '', A); map.whole(); map.box(); map.rest(); map.rest(); map.box(); }, [`go ${A}`, 'whole all', 'frame all', 'at=', 'frame all']],
  'at a place that the address says no circles frame it': [(map) => { map.to(''); map.to('', A); map.circles(); map.rest(); }, ['frame all', `go ${A}`], A],
};

for (const [name, [what, done, at]] of Object.entries(CASES)) {
  test(`where the map stands: ${name}`, () => {
    const map = new Played();
    what(map);
    assert.deepEqual(map.done, done);
    assert.equal(map.address.at, at);
  });
}

// Each beside `/explore?area=MX-JAL&chapter=mx`: whether the map is framed anew.
const ADDRESSES: [query: string, isAnew: boolean][] = [
  ['?area=MX-JAL&chapter=mx', false],
  ['?view=table&chapter=mx&area=MX-JAL&sector=media&q=agua&layer=areas', false],
  ['?area=MX-JAL', true],
  ['?chapter=mx', true],
  ['?area=MX-JAL,MX-NLE&chapter=mx', true],
  ['?area=MX-JAL&chapter=us', true],
  ['', true],
];

test('studies and areas are what is looked at, and nothing else of an address', () => {
  const of = (query: string): string => wantedOf(parse('/explore', query)).ground;
  for (const [query, isAnew] of ADDRESSES) assert.equal(of(query) !== of('?area=MX-JAL&chapter=mx'), isAnew, query);
  // One word is no other facet's.
  assert.notEqual(of('?area=mx'), of('?chapter=mx'));
  assert.equal(wantedOf(parse('/explore', `?at=${A}&area=MX-JAL`)).stand, A);
  assert.equal(wantedOf(parse('/explore', '')).stand, undefined);
});
