// The version of a list of codes as it is written: a span of years has its dash.

export function version(of: string): string {
  return of.replace(/^(\d{4})-(\d{4})$/, '$1\u2060–\u2060$2');
}
