// Line icons of one weight. Each stands beside its word, except in the header of a phone.
import type { VNode } from 'preact';

const PATHS = {
  map: 'M2 4l4-1.6 4 1.6 4-1.6v9.6L10 13.6 6 12 2 13.6zM6 2.4V12M10 4v9.6',
  flow: 'M1.5 3.5c6 0 7 4 13 4M1.5 8c5 0 8 .5 13 .5M1.5 12.5c6 0 7-3 13-3',
  network: 'M4 4.5l8 1.2M4 4.5l2.5 7M12 5.7l-5.5 5.8M4 2.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4M12.2 4a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4M6.4 10a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4',
  table: 'M2 3h12v10H2zM2 6.5h12M2 9.8h12M6.5 3v10',
  link: 'M6.5 9.5l3-3M7 4.5l1.3-1.3a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5l-1.3 1.3a2.8 2.8 0 0 1-4-4L5 7.5',
  moon: 'M13 9.8A5.6 5.6 0 0 1 6.2 3 5.6 5.6 0 1 0 13 9.8z',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M12.8 3.2l-1.1 1.1M4.3 11.7l-1.1 1.1',
  menu: 'M2 4.5h12M2 8h12M2 11.5h12',
  close: 'M4 4l8 8M12 4l-8 8',
  filter: 'M2 4h12M4.5 8h7M6.5 12h3',
  find: 'M7 2.4a4.6 4.6 0 1 0 0 9.2 4.6 4.6 0 0 0 0-9.2M10.5 10.5l4 4',
  whole: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  down: 'M8 3v10M4 9l4 4 4-4',
} as const;

export function Icon({ of, size = 16 }: { of: keyof typeof PATHS; size?: number }): VNode {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round">
      <path d={PATHS[of]} />
    </svg>
  );
}

/** Nine dots, three of them in use. */
export function Logo(): VNode {
  const at = [3, 11, 19];
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      {at.flatMap((x, column) => at.map((y, row) => (
        <circle key={`${column}${row}`} cx={x} cy={y} r="2.6" fill={column + row === 2 ? 'var(--accent)' : 'var(--line-strong)'} />
      )))}
    </svg>
  );
}
