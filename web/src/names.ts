// How things are called where room is short.

interface Body {
  shortName: string;
}

/** A public body by its acronym, where it has one that no other bears; else by its name. */
export function short(body: Body): string {
  return body.shortName;
}

interface Row {
  sector: { label: string } | null;
  sectorText: string | null;
  area: { name: string } | null;
  location: { locality: string | null } | null;
}

/** The sector as recorded; undefined where none is known. */
export function sectorName(row: Row): string | undefined {
  return row.sector?.label ?? row.sectorText ?? undefined;
}

/** Where it works: the area by its one name; as it was stated only where no area is known. */
export function placeName(row: Row): string | undefined {
  return row.area?.name ?? row.location?.locality ?? undefined;
}

/** The place as it was stated, where that is not the area's name. */
export function statedPlace(row: Row): string | undefined {
  const stated = row.location?.locality ?? undefined;
  return row.area && stated !== row.area.name ? stated : undefined;
}

/** A long name by the acronym that it ends with in brackets, where it does. */
export function brief(name: string): string {
  const [, acronym] = /\(([\p{Lu}\d][\p{L}\d&.-]{1,11})\)\s*$/u.exec(name) ?? [];
  return acronym && name.length > 20 ? acronym : name;
}

/** A name of the record as it is printed, and the language that it is in. */
export interface Said {
  name: string;
  lang: string | undefined;
}

/** A public body as `short` calls it. */
export function said(body: Body & { nameLang: string }): Said {
  return { name: short(body), lang: body.nameLang };
}

/** A text cut at the names in it; of names that hold each other the longest is meant. */
export function parted(text: string, names: Said[]): (string | Said)[] {
  const [first, ...others] = names.filter((one) => one.name).sort((a, b) => b.name.length - a.name.length);
  return first ? text.split(first.name).flatMap((part, at) => [...(at ? [first] : []), ...parted(part, others)]) : [text];
}

/** The name and the version of a questionnaire, of what the record calls it by: `od500/0`. */
export function instrumentOf(word: string): { name: string; version: string | undefined } {
  const [, name = word, version] = /^(.+)\/(\d+)$/.exec(word) ?? [];
  // Version 0 is what was asked before there were versions.
  return { name, version: version === '0' ? undefined : version };
}
