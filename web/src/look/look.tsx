// Every mark and widget once, in all of its states, in the theme that the button chooses.
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { FAMILIES, familyKey } from '../families.ts';
import { t } from '../i18n.ts';
import { graphOf } from '../screens/explore/flow/graph.ts';
import { kinshipOf } from '../screens/explore/flow/kinship.ts';
import { Matrix } from '../screens/explore/flow/matrix.tsx';
import { Sankey } from '../screens/explore/flow/sankey.tsx';
import { FamilyTable, Stacks } from '../screens/explore/flow/stacks.tsx';
import { pin } from '../screens/explore/map/pin.ts';
import { Drawing } from '../screens/explore/network/drawing.tsx';
import { WHOLE } from '../screens/explore/moving.ts';
import { settle, type Net } from '../screens/explore/network/net.ts';
import { Reach } from '../screens/explore/network/reach.tsx';
import { switchTheme, theme } from '../theme.ts';
import { Bars } from '../widgets/bars.tsx';
import { Combobox } from '../widgets/combobox.tsx';
import { CopyButton } from '../widgets/copy.tsx';
import { Crumb } from '../widgets/crumb.tsx';
import { Citation, FigureLine } from '../widgets/figure.tsx';
import { GradeBars } from '../widgets/grades.tsx';
import { Icon, Logo } from '../widgets/icons.tsx';
import { Dot, Goal, Grade, GRADES, Inferred, Miss, Named, Square } from '../widgets/marks.tsx';
import { OrganisationItem } from '../widgets/orglist.tsx';
import { Outline, ShadeKey } from '../widgets/outline.tsx';
import { Pager } from '../widgets/pager.tsx';
import { Questions } from '../widgets/questions.tsx';
import { lookOf } from '../widgets/sectors.ts';
import { Empty, Failed, Skeleton } from '../widgets/states.tsx';
import { Stats } from '../widgets/stats.tsx';
import { StudySwitch } from '../widgets/study.tsx';
import { TakeAway } from '../widgets/takeaway.tsx';
import { Where } from '../widgets/where.tsx';
import { FIGURE, FINE, FLOW, NETWORK, QUESTIONS, ROW, STUDIES } from './samples.ts';

const TOKENS = ['paper', 'surface', 'sunken', 'ink', 'ink-2', 'ink-3', 'line', 'line-strong', 'accent', 'focus', 'good', 'warn', 'bad', 'q-zero', 'q-1', 'q-2', 'q-3', 'q-4', 'q-5'];
const REASONS = ['NOT_ASKED', 'NO_ANSWER', 'DONT_KNOW', 'REFUSED', 'NOT_APPLICABLE', 'SUPPRESSED'] as const;
const GOALS = Array.from({ length: 17 }, (_, index) => String(index + 1));
const COUNTS = new Map([['MX-CMX', 77], ['MX-JAL', 6], ['MX-NLE', 11], ['MX-SON', 1], ['MX-YUC', 0]]);
const nothing = (): void => {};

function Part({ title, whole, children }: { title: string; whole?: boolean; children: ComponentChildren }): VNode {
  return <section class={whole ? 'whole' : undefined} aria-label={title}><h2>{title}</h2>{children}</section>;
}

export function Look(): VNode {
  return (
    <main class="look">
      <header><h1>Marks and widgets</h1><button type="button" class="btn" onClick={switchTheme}>{theme()}</button></header>
      <Part title="Type">
        <p style={{ font: '600 var(--t-36)/1.15 var(--serif)' }}>The sentence is the headline</p>
        <p style={{ font: '600 var(--t-28)/1.15 var(--serif)' }}>92 organisations use it</p>
        <p>Text and answers, with <a href="/look">a link</a>.</p><p class="small">Tables, lists, controls 0123456789</p><p class="tiny muted">Notes, axes, figure line</p>
      </Part>
      <Part title="Colours"><ul class="swatches">{TOKENS.map((one) => <li key={one}><i style={{ '--swatch': `var(--${one})` }} /><code>--{one}</code></li>)}</ul></Part>
      <Part title="Families"><ul class="swatches">{FAMILIES.map((one) => <li key={one}><Square of={one} /><span><Dot of={one} /> {one}</span><span>{t(familyKey(one))}</span></li>)}</ul></Part>
      <Part title="Evidence"><ul class="swatches">{GRADES.map((one) => <li key={one}><Grade of={one} /><Grade of={one} word /></li>)}</ul><GradeBars counts={new Map([['A', 0], ['B', 2], ['C', 9], ['D', 16]])} /></Part>
      <Part title="Not knowing"><div class="row-of">{REASONS.map((one) => <Miss key={one} code={one} />)}<Inferred /></div><Questions rows={QUESTIONS} caption="Coverage by question" /></Part>
      <Part title="Goals"><div class="row-of">{GOALS.map((one) => <Goal key={one} number={one} />)}<Goal number="4" name="Quality education" /></div></Part>
      <Part title="Bars">
        <Bars
          rows={[
            { key: 'a', label: 'Instituto Imaginario', text: 'Instituto Imaginario', lang: 'es', value: 16, of: 22, href: '/look' }, { key: 'b', label: 'Research', text: 'Research', value: 8, family: 'research' },
            { key: 'z', label: 'Nobody', text: 'Nobody', value: 0 }, { key: 'n', label: 'No dataset named', text: 'No dataset named', value: 9, look: 'hatch', apart: true },
            ...REASONS.map((code) => ({ key: code, label: t(`missing.${code}`), text: t(`missing.${code}`), value: 4, of: 6, family: 'none', look: lookOf(code) })),
          ]}
          caption="Organisations"
          columns={{ label: 'Publisher', value: 'Organisations', of: 'Of' }}
        />
        <Bars kind="mini" rows={[{ key: 'a', label: 'A', text: 'A', value: 3 }]} caption="Few" columns={{ label: 'Publisher', value: 'Organisations' }} />
      </Part>
      <Part title="Figures"><Stats items={[{ label: 'Publishers', value: 16, note: 'of 68' }, { label: 'Confirmed', value: undefined, mark: <Miss code="NOT_ASKED" /> }]} /><FigureLine of={FIGURE} title="16 organisations" /><Citation of={FIGURE} title="16 organisations" /></Part>
      <Part title="One study speaks">
        <StudySwitch studies={STUDIES} chosen={STUDIES[0]} />
        <StudySwitch studies={STUDIES.slice(0, 1)} chosen={STUDIES[0]} />
      </Part>
      <Part title="Controls">
        <div class="row-of"><button type="button" class="btn main">Accept</button><button type="button" class="btn"><Icon of="down" />Download</button><button type="button" class="link">Clear</button><CopyButton text={() => ''}>Copy</CopyButton><Logo /></div>
        <nav class="switch" aria-label="Switch"><a href="/look" aria-current="true">Map</a><a href="/look">Flow</a></nav>
        <ul class="chips"><li><button type="button" class="chip"><span>Nuevo León</span><Icon of="close" size={12} /></button></li><li><a class="chip" href="/look"><span>Open Data 100</span> <b>105</b></a></li></ul>
        <Combobox label="Put into the middle" placeholder="Organisation" onPick={nothing} />
        <div class="facet"><label class="opt"><input type="checkbox" checked /><Square of="data" /><span class="l">Data & mapping</span><span class="n">27</span></label><label class="opt zero"><input type="checkbox" /><span class="l">None of it</span><span class="n">0</span></label></div>
        <Crumb steps={[{ text: 'Publishers', href: '/look' }, { text: 'Instituto Imaginario', lang: 'es' }]} /><Pager next="x" />
      </Part>
      <Part title="States"><Empty title="No organisation matches both filters"><button type="button" class="link">Remove it</button></Empty><Skeleton rows={3} /><Failed retry={nothing} /><Failed retry={nothing} offline /><p class="note warn"><b>Sample data.</b> These organisations are fictional.</p></Part>
      <Part title="Lists"><ol class="cardlist"><OrganisationItem row={ROW} /><OrganisationItem row={{ ...ROW, slug: 'b', sector: null, family: null }} /></ol><p><Named text="Censo de nubes" lang="es" /></p></Part>
      <Part title="Places"><Outline country="MX" counts={COUNTS} shaded /><ShadeKey counts={COUNTS.values()} /><Pins /></Part>
      <Part title="Where"><Where title="Where they work" rows={[...COUNTS].map(([value, count]) => ({ value, label: value, count, missing: null }))} to={() => '/look'} /></Part>
      <Part title="To take away"><TakeAway id="publisher:0" of={{ title: 'Look', date: FIGURE.asOf, method: '1.0', attribution: ['Nobody (CC0)'] }} files={[{ label: 'Organisations', what: 'organisations', filter: {}, map: true }]} /></Part>
      <Flows />
      <Network />
    </main>
  );
}

function Flows(): VNode {
  const graph = useMemo(() => graphOf(FLOW), []);
  const kin = useMemo(() => kinshipOf(graphOf(FINE)), []);
  return (
    <>
      <Part title="Flow" whole><Sankey graph={graph} label="Flow" onPress={nothing} onBack={nothing} canPress={() => true} /></Part>
      <Part title="Stacks">{kin ? <Stacks of={kin} onPress={nothing} /> : null}</Part>
      <Part title="By family">{kin ? <FamilyTable of={kin} caption="Publishers by family" names={[]} /> : null}</Part>
      <Part title="Matrix"><Matrix graph={graph} caption="Publishers by sector" names={[]} /></Part>
      <Part title="Shaded matrix"><Matrix graph={graph} caption="Publishers by sector, shaded" names={[]} heat /></Part>
    </>
  );
}

function Network(): VNode {
  const [net, setNet] = useState<Net | undefined>(undefined);
  useEffect(() => { void settle(NETWORK, 'links').then(setNet); }, []);
  return (
    <Part title="Network" whole>
      {net ? <Drawing net={net} colour="family" size={{ width: 700, height: 360 }} seen={WHOLE} label="Network around Censo de nubes" /> : null}
      <Reach answer={NETWORK} depth={2} colour="family" />
    </Part>
  );
}

/** The symbols of the map: a ring with its number, a small one with its name, a number alone. */
function Pins(): VNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const symbol = { lon: 0, lat: 0, coincident: true, area: '', areas: [], families: [8, 6, 2, 1, 1, 1, 1, 1, 1] };
    const look = { per: 7, familyKeys: [...FAMILIES], shift: { dx: 0, dy: 0 }, name: undefined, at: undefined };
    box.current?.replaceChildren(
      pin({ ...symbol, count: 22 }, { ...look, label: '22 organisations' }),
      pin({ ...symbol, count: 1, families: [0, 1] }, { ...look, label: '1 organisation', name: 'Sonora 1', at: { x: 12, y: 4, anchor: 'start' } }),
      pin({ ...symbol, count: 7 }, { ...look, label: '7 organisations in Jalisco', plain: true }),
    );
  }, []);
  return <div class="pins" ref={box} />;
}
