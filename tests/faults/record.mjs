// Reads a database past the server, with the shell of its maker, and says whether it is whole.
import { execFileSync } from 'node:child_process';

/** Runs SQL; rows as lists of text. */
export function rows(site, sql) {
  const text = site.isPostgres
    ? execFileSync('psql', [site.url, '-qAtX', '-F', '\x1f', '-R', '\x1e', '-c', sql], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] })
    : execFileSync('sqlite3', ['-batch', '-newline', '\x1e', '-separator', '\x1f', site.file, '.timeout 5000', sql], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
  return text.split('\x1e').map(row => row.replace(/^\n|\n$/g, '')).filter(row => row !== '').map(row => row.split('\x1f'));
}

/** Changes of one subject are numbered without a gap. */
const GAPS = 'select subject_id from record_change group by subject_id having count(*) <> max(number)';
/** A draft, an invitation or an answer that belongs to nothing would be half a write. */
const HALVES = 'select count(*) from answer_draft d where not exists (select 1 from answering a where a.response_id = d.response_id)';

/** What a database holds of the writes of a load, and what is wrong with it. */
export function read(site) {
  const drafts = new Map();
  for (const [question, value] of rows(site, 'select question, value from answer_draft where value is not null')) {
    const found = /(L\d+) N(\d+)/.exec(value);
    if (found) drafts.set(`${found[1]} ${question}`, Number(found[2]));
  }
  const accounts = new Set(rows(site, 'select email from account').map(([email]) => email));
  const faults = [];
  if (!site.isPostgres) {
    const whole = rows(site, 'pragma integrity_check').flat().join();
    if (whole !== 'ok') faults.push(`integrity: ${whole.slice(0, 200)}`);
    if (rows(site, 'pragma foreign_key_check').length) faults.push('foreign keys lead nowhere');
  }
  if (rows(site, GAPS).length) faults.push('a chain of changes has gaps');
  if (rows(site, HALVES)[0]?.[0] !== '0') faults.push('drafts without a response');
  return { drafts, accounts, faults };
}
