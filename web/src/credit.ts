// Whom to name: one line for each holder and licence. Where one holder has several studies in sight it is named once,
// with their names. The server's own pages say the same.

/** A study as the record describes it. */
export interface Credited {
  title: string;
  attribution: { text: string; holder: string; licence: string; url: string };
}

export interface Credit {
  /** The sentence to show, without a full stop. */
  text: string;
  licence: string;
  url: string;
}

/** The credits of some studies, in the order in which their holders first come. */
export function credits(studies: Credited[]): Credit[] {
  const groups = new Map<string, Credited[]>();
  for (const study of studies) {
    const { holder, licence } = study.attribution;
    const key = `${holder}\n${licence}`;
    groups.set(key, [...(groups.get(key) ?? []), study]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const { text, holder, licence, url } = first.attribution;
    const named = others.length > 0 ? `${holder} (${[first, ...others].map((one) => one.title).join(', ')})` : text;
    return [{ text: named.replace(/\.+$/, ''), licence, url }];
  });
}

/** Each with its licence, in a line. */
export function creditLines(studies: Credited[]): string[] {
  return credits(studies).map(({ text, licence }) => `${text}, ${licence}`);
}
