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
