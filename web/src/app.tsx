// Which screen the address asks for. Each comes in its own file, fetched when it is first needed.
import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Place } from './address.ts';
import { loadTexts, shown, t } from './i18n.ts';
import { address, lang } from './navigate.ts';
import { loadRecord } from './record.ts';
import { whyFailed } from './widgets/lazy.tsx';
import { Shell } from './widgets/shell.tsx';
import { Failed } from './widgets/states.tsx';

type Screen = ComponentType<object>;

const SCREENS: Record<Place['screen'], () => Promise<{ default: Screen }>> = {
  home: () => import('./screens/home/home.tsx'),
  explore: () => import('./screens/explore/explore.tsx'),
  publishers: () => import('./screens/publishers/publishers.tsx'),
  datasets: () => import('./screens/datasets/datasets.tsx'),
  requests: () => import('./screens/requests/requests.tsx'),
  request: () => import('./screens/requests/request.tsx'),
  method: () => import('./screens/method/method.tsx'),
  organisation: () => import('./screens/organisation/organisation.tsx'),
  publisher: () => import('./screens/publisher/publisher.tsx'),
  dataset: () => import('./screens/dataset/dataset.tsx'),
  sector: () => import('./screens/sector/sector.tsx'),
  sdg: () => import('./screens/sdg/sdg.tsx'),
  area: () => import('./screens/area/area.tsx'),
  study: () => import('./screens/study/study.tsx'),
  wave: () => import('./screens/wave/wave.tsx'),
  schemes: () => import('./screens/schemes/schemes.tsx'),
  scheme: () => import('./screens/schemes/scheme.tsx'),
  about: () => import('./screens/about/about.tsx'),
  missing: () => import('./screens/missing/missing.tsx'),
};

/** Fetches what the present address needs, so that the first drawing is complete. */
export async function prepare(): Promise<void> {
  await fetchScreen(address.value.place.screen);
}

const ready = new Map<Place['screen'], Screen>();
async function fetchScreen(screen: Place['screen']): Promise<Screen> {
  const known = ready.get(screen);
  if (known) return known;
  const [module] = await Promise.all([SCREENS[screen](), loadTexts(lang.value, screen)]);
  const loaded = module.default;
  ready.set(screen, loaded);
  return loaded;
}

export function App(): VNode {
  const { screen } = address.value.place;
  const [, redraw] = useState(0);
  const [failed, setFailed] = useState<'line' | 'file' | undefined>(undefined);
  const chosen = lang.value;
  const drawn = shown.value;
  useEffect(() => {
    void loadTexts(chosen, screen);
  }, [chosen, screen]);
  useEffect(() => {
    void loadRecord(chosen);
  }, [chosen]);
  useEffect(() => {
    document.documentElement.lang = drawn;
  }, [drawn]);
  useEffect(() => {
    if (ready.has(screen)) return;
    setFailed(undefined);
    fetchScreen(screen).then(() => redraw((count) => count + 1)).catch(async () => setFailed(await whyFailed()));
  }, [screen]);
  const Current = ready.get(screen);
  const wide = screen === 'explore';
  return (
    <Shell wide={wide}>
      <main id="main" tabIndex={-1} class={wide ? 'wide' : 'wrap'}>
        {Current ? <Current key={pathOf(address.value.place)} /> : failed ? <Unfetched offline={failed === 'line'} /> : null}
      </main>
    </Shell>
  );
}

/** The file of a screen has not come: nothing else is on the page. */
function Unfetched({ offline }: { offline: boolean }): VNode {
  return (
    <>
      <h1 class="failed">{t(offline ? 'state.offline' : 'state.failed')}</h1>
      <Failed retry={() => location.reload()} offline={offline} what="" />
    </>
  );
}

/** Another path is another page; another query is the same page in another state. */
function pathOf(place: Place): string {
  return Object.values(place).join(' ');
}
