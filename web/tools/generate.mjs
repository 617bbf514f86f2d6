// Writes src/queries/generated: one file per query document, with the exact TypeScript type of what
// the server will answer. `--check` writes nothing and fails if a file would change.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildSchema, getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType,
  isAbstractType, isScalarType, typeFromAST, validate,
} from 'graphql';
import { operations } from './queries.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'src/queries');
const target = join(folder, 'generated');
const check = process.argv.includes('--check');
const schema = buildSchema(readFileSync(join(root, '../schema.graphql'), 'utf8'));

const SCALARS = { Int: 'number', Float: 'number', String: 'string', Boolean: 'boolean', ID: 'string' };

/** The type of a value as the server prints it. */
function scalar(type) {
  return SCALARS[type.name] ?? (CUSTOM[type.name] ?? 'unknown');
}
/** Scalars of our own: printed as strings unless named here. */
const CUSTOM = JSON.parse(readFileSync(join(folder, 'scalars.json'), 'utf8'));

const named = new Set();

function output(type, selections, fragments, depth) {
  if (isNonNullType(type)) return required(type.ofType, selections, fragments, depth);
  return `${required(type, selections, fragments, depth)} | null`;
}
function required(type, selections, fragments, depth) {
  if (isListType(type)) return `Array<${output(type.ofType, selections, fragments, depth)}>`;
  if (isScalarType(type)) return scalar(type);
  if (isEnumType(type)) { named.add(type); return type.name; }
  return object(type, selections, fragments, depth);
}
function object(type, selections, fragments, depth) {
  if (isAbstractType(type)) {
    const common = fields(type, selections, fragments, null, depth);
    const possible = schema.getPossibleTypes(type).map((one) => shape(fields(one, selections, fragments, type, depth), depth));
    const unique = [...new Set(possible)];
    return unique.length > 1 ? `(${unique.join(' | ')})` : (unique[0] ?? shape(common, depth));
  }
  return shape(fields(type, selections, fragments, null, depth), depth);
}
function shape(entries, depth) {
  const pad = '  '.repeat(depth + 1);
  return `{\n${[...entries].map(([name, type]) => `${pad}${name}: ${type};`).join('\n')}\n${'  '.repeat(depth)}}`;
}
/** The fields of `type`, those of its fragments included; two selections of one field are merged. */
function fields(type, selections, fragments, abstract, depth) {
  const byName = new Map();
  gather(type, selections, fragments, byName);
  const entries = new Map();
  for (const [name, nodes] of byName) {
    const field = nodes[0].name.value;
    if (field === '__typename') { entries.set(name, isObjectType(type) ? `'${type.name}'` : 'string'); continue; }
    const definition = type.getFields?.()[field] ?? abstract?.getFields?.()[field];
    if (!definition) continue;
    const below = nodes.flatMap((node) => node.selectionSet?.selections ?? []);
    const isSure = nodes.some((node) => !node.directives?.some((one) => one.name.value === 'include'));
    entries.set(isSure ? name : `${name}?`, output(definition.type, below, fragments, depth + 1));
  }
  return entries;
}
function gather(type, selections, fragments, byName) {
  for (const node of selections) {
    if (node.kind === 'Field') {
      const name = node.alias?.value ?? node.name.value;
      byName.set(name, [...(byName.get(name) ?? []), node]);
      continue;
    }
    const fragment = node.kind === 'FragmentSpread' ? fragments.get(node.name.value) : node;
    const on = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
    if (on === type || (isAbstractType(on) && isObjectType(type) && schema.isSubType(on, type))) {
      gather(type, fragment.selectionSet.selections, fragments, byName);
    }
  }
}
function input(type) {
  if (isNonNullType(type)) return input(type.ofType).replace(/ \| null$/, '');
  if (isListType(type)) return `Array<${input(type.ofType)}> | null`;
  if (isScalarType(type)) return `${scalar(type)} | null`;
  named.add(getNamedType(type));
  return `${type.name} | null`;
}
function variables(definition) {
  const list = definition.variableDefinitions ?? [];
  if (list.length === 0) return 'Record<string, never>';
  return `{\n${list.map((one) => {
    const type = typeFromAST(schema, one.type);
    const optional = !isNonNullType(type) || one.defaultValue ? '?' : '';
    return `  ${one.variable.name.value}${optional}: ${input(type)};`;
  }).join('\n')}\n}`;
}
function declarations() {
  const done = new Set();
  const lines = [];
  let next;
  while ((next = [...named].find((type) => !done.has(type)))) {
    done.add(next);
    if (isEnumType(next)) {
      lines.push(`export type ${next.name} = ${next.getValues().map((value) => `'${value.name}'`).join(' | ')};`);
    } else if (isInputObjectType(next)) {
      const body = Object.values(next.getFields()).map((field) => `  ${field.name}${isNonNullType(field.type) && field.defaultValue === undefined ? '' : '?'}: ${input(field.type)};`);
      lines.push(`export interface ${next.name} {\n${body.join('\n')}\n}`);
    }
  }
  return lines.sort().join('\n\n');
}

const files = new Map();
const byFile = Map.groupBy?.(operations(folder), (one) => one.file) ?? group(operations(folder));
function group(list) {
  const map = new Map();
  for (const one of list) map.set(one.file, [...(map.get(one.file) ?? []), one]);
  return map;
}
for (const [file, list] of byFile) {
  const parts = [];
  const before = new Set(named);
  named.clear();
  for (const { name, id, text, document } of list) {
    const errors = validate(schema, document);
    if (errors.length > 0) throw new Error(`${file}: ${errors.map((error) => error.message).join('; ')}`);
    const fragments = new Map(document.definitions.filter((one) => one.kind === 'FragmentDefinition').map((one) => [one.name.value, one]));
    const operation = document.definitions[0];
    parts.push(`export interface ${name}Data ${object(schema.getQueryType(), operation.selectionSet.selections, fragments, 0)}`);
    parts.push(`export type ${name}Variables = ${variables(operation)};`);
    parts.push(`export const ${name}: Operation<${name}Data, ${name}Variables> = {\n  id: '${id}',\n  text: ${JSON.stringify(text)},\n};`);
  }
  declarations();
  const used = [...named].map((type) => type.name).sort();
  const text = parts.join('\n\n');
  const needed = used.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  files.set(file.replace(/\.graphql$/, '.ts'), [
    '// Generated from the query document and schema.graphql by tools/generate.mjs.',
    `import type { Operation } from '../../api.ts';`,
    ...(needed.length > 0 ? [`import type { ${needed.join(', ')} } from './schema.ts';`] : []),
    '',
    text,
    '',
  ].join('\n'));
  for (const type of before) named.add(type);
}
files.set('schema.ts', `// Generated from schema.graphql by tools/generate.mjs: the inputs and enums that queries name.\n${declarations()}\n`);

const stale = [];
for (const [name, text] of files) {
  const path = join(target, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale.push(name);
  if (!check) { mkdirSync(target, { recursive: true }); writeFileSync(path, text); }
}
for (const name of existsSync(target) ? readdirSync(target) : []) {
  if (files.has(name)) continue;
  stale.push(name);
  if (!check) rmSync(join(target, name));
}
if (check && stale.length > 0) {
  console.error(`src/queries/generated is out of date (${stale.join(', ')}): run npm run generate`);
  process.exit(1);
}
