// What the API takes for a day, a moment and a text to search for.

/** The longest text that the API searches for, in characters. */
export const TEXT = 200;

export function isDay(text: string): boolean {
  const day = /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // A day that does not exist becomes another one.
  return day !== undefined && !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
}

export function isMoment(text: string): boolean {
  return /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text));
}
