// The frame's address and code: the filters of the explorer, and a title that cannot end its attribute.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../src/address.ts';
import { frameAddress, frameCode, frameOf } from '../src/embedding.ts';

test('a frame shows what the explorer shows', () => {
  const here = parse('/explore', 'view=flow&sector=energy,data_technology&q=agua+limpia&form=chord&asOf=2015-02-19&sort=NAME');
  assert.equal(frameOf(here.view), 'flow');
  assert.equal(frameAddress(here, 'flow', 'dark', 'es'), '/embed/flow?sector=data_technology,energy&q=agua+limpia&asOf=2015-02-19&lang=es&theme=dark');
  assert.equal(frameAddress(parse('/explore', ''), 'map', 'auto', 'en'), '/embed/map?lang=en');
  assert.deepEqual((['map', 'network', 'table'] as const).map(frameOf), ['map', 'flow', 'sectors']);
});

test('no title ends its attribute', () => {
  const code = frameCode('https://od100.example/embed/map?q="&lang=en', '"><script>alert(1)</script>&');
  assert.ok(code.includes('title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;"'), code);
  assert.ok(code.includes('src="https://od100.example/embed/map?q=&quot;&amp;lang=en"'), code);
  assert.equal(code.match(/</g)?.length, 2);
});
