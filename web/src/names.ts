// How things are called where room is short.

interface Body {
  name: string;
  acronym: string | null;
}

/** A public body by its acronym, where it has one. */
export function short(body: Body): string {
  return body.acronym ?? body.name;
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

/** Where it works: the place, else the area. */
export function placeName(row: Row): string | undefined {
  return row.location?.locality ?? row.area?.name ?? undefined;
}

/** A long name by the acronym that it ends with in brackets, where it does. */
export function brief(name: string): string {
  const [, acronym] = /\(([\p{Lu}\d][\p{L}\d&.-]{1,11})\)\s*$/u.exec(name) ?? [];
  return acronym && name.length > 20 ? acronym : name;
}
