// Flow and network of the fictional record, by the rules of the real ones.

const RANK = { other: 1, unspecified: 2, otherUnspecified: 3, unclassified: 4 };
const rank = (node) => (node.gathers === 'unspecified' ? RANK.otherUnspecified : (RANK[node.special] ?? 0));

/** The nodes that one use of a body passes through: one path per dataset named. */
function pathsOf(one, levels) {
  const at = {
    PUBLISHER: (body) => ({ key: `publisher:${body.slug}`, level: 'PUBLISHER', label: body.name, publisher: body }),
    DATASET: (body, dataset) => (dataset ? { key: `dataset:${dataset.slug}`, level: 'DATASET', label: dataset.title } : { key: `dataset:unspecified:${body.slug}`, level: 'DATASET', label: body.name, publisher: body, special: 'unspecified' }),
    SECTOR: () => (one.sector[0] ? { key: `sector:${one.sector[0]}`, level: 'SECTOR', label: one.sector[1], family: one.sector[2] } : { key: 'sector:unclassified', level: 'SECTOR', label: 'Not classified', special: 'unclassified' }),
    SDG: () => ({ key: 'sdg:unclassified', level: 'SDG', label: 'Not classified', special: 'unclassified' }),
  };
  return one.uses.flatMap((body) => {
    const named = one.named.filter((dataset) => dataset.body === body);
    return (named.length > 0 ? named : [null]).map((dataset) => levels.map((level) => at[level](body, dataset)));
  });
}

function count(paths, column) {
  const found = new Map();
  for (const own of paths) {
    for (const node of new Map(own.map((path) => [path[column].key, path[column]])).values()) {
      const row = found.get(node.key) ?? { ...node, organisationCount: 0 };
      row.organisationCount += 1;
      found.set(node.key, row);
    }
  }
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || b.organisationCount - a.organisationCount || (a.key < b.key ? -1 : 1));
}

export function flowOf(list, { levels = ['PUBLISHER', 'SECTOR'], top = 20, skip = [] }) {
  let paths = list.map((one) => pathsOf(one, levels)).filter((own) => own.length > 0);
  const passed = levels.map((_, column) => new Set(count(paths, column).filter((node) => rank(node) === 0).slice(0, skip[column] ?? 0).map((node) => node.key)));
  paths = paths.map((own) => own.filter((path) => path.every((node, column) => !passed[column].has(node.key)))).filter((own) => own.length > 0);
  const folded = new Map();
  const kept = levels.map((level, column) => {
    const nodes = count(paths, column);
    const first = (wanted) => nodes.filter((node) => rank(node) === wanted).slice(0, top);
    const keys = new Set([...first(0), ...first(RANK.unspecified), ...nodes.filter((node) => rank(node) === RANK.unclassified)].map((node) => node.key));
    for (const node of nodes) {
      if (keys.has(node.key)) continue;
      const into = node.special === 'unspecified' ? 'dataset:unspecified' : `${level.toLowerCase()}:other`;
      folded.set(into, (folded.get(into) ?? 0) + 1);
    }
    return keys;
  });
  paths = paths.map((own) => own.map((path) => path.map((node, column) => {
    if (kept[column].has(node.key)) return node;
    return node.special === 'unspecified' ? { key: 'dataset:unspecified', level: node.level, label: '', special: 'unspecified', gathers: 'unspecified' } : { key: `${node.level.toLowerCase()}:other`, level: node.level, label: '', special: 'other' };
  })));
  const cells = new Map();
  for (const own of paths) {
    const links = new Set(own.flatMap((path) => path.slice(1).map((node, index) => `${path[index].key} ${node.key}`)));
    for (const link of links) cells.set(link, (cells.get(link) ?? 0) + 1);
  }
  return {
    levels,
    ownDataCount: 0,
    unnamedCount: 0,
    silentCount: 0,
    nodes: levels.flatMap((_, column) => count(paths, column)).map((node) => ({ family: null, special: null, publisher: null, ...node, folded: folded.get(node.key) ?? 0 })),
    cells: [...cells].map(([link, organisationCount]) => ({ source: link.split(' ')[0], target: link.split(' ')[1], organisationCount })),
  };
}

export function networkOf(list, { kind, slug, depth = 1, first = 200 }) {
  const body = (of) => ({ key: `publisher:${of.slug}`, kind: 'PUBLISHER', slug: of.slug, label: of.name, labelLang: 'es', acronym: of.acronym, family: null });
  const set = (of) => ({ key: `dataset:${of.slug}`, kind: 'DATASET', slug: of.slug, label: of.title, labelLang: 'es', acronym: null, family: null });
  const user = (of) => ({ key: `organisation:${of.slug}`, kind: 'ORGANISATION', slug: of.slug, label: of.name, labelLang: 'es', acronym: null, family: of.sector[2] });
  const links = new Map();
  const nodes = new Map();
  const users = new Map();
  const link = (a, b, grade) => {
    for (const one of [a, b]) nodes.set(one.key, one);
    links.set(`${a.key} ${b.key}`, { source: a.key, target: b.key, grade });
  };
  for (const one of list) {
    const used = new Set();
    for (const of of one.uses) {
      used.add(`publisher:${of.slug}`);
      const named = one.named.filter((dataset) => dataset.body === of);
      if (named.length === 0) link(user(one), body(of), 'D');
      for (const dataset of named) {
        used.add(`dataset:${dataset.slug}`);
        link(user(one), set(dataset), 'D');
        link(set(dataset), body(of), null);
      }
    }
    for (const key of used) users.set(key, (users.get(key) ?? 0) + 1);
    users.set(`organisation:${one.slug}`, [...links.values()].filter((each) => each.source === `organisation:${one.slug}`).length);
  }
  const centre = `${kind.toLowerCase()}:${slug}`;
  if (!nodes.has(centre)) return null;
  const at = new Map([[centre, 0]]);
  let beyond = 0;
  for (let step = 1; step <= depth; step += 1) {
    const near = new Set([...links.values()].flatMap(({ source, target }) => [[source, target], [target, source]]).filter(([a, b]) => at.get(a) === step - 1 && !at.has(b)).map(([, b]) => b));
    const room = Math.max(0, first - at.size);
    beyond += Math.max(0, near.size - room);
    for (const key of [...near].sort().slice(0, room)) at.set(key, step);
  }
  return { nodes: [...at].map(([key, step]) => ({ ...nodes.get(key), depth: step, size: users.get(key) ?? 0 })), links: [...links.values()].filter(({ source, target }) => at.has(source) && at.has(target)), beyond };
}
