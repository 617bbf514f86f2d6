// CPU and memory of processes, from /proc.
import { readFileSync, readdirSync } from 'node:fs';

const TICKS = 100; // USER_HZ on Linux

/** User and system seconds that a process has used; 0 when it is gone. */
export function cpuSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return 0;
  }
}

/** Resident memory in kB. */
export function memoryKb(pid) {
  return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)?.[1] ?? 0);
}

/** Resident memory in MB: all of it, and what is the process's own, without the pages of its program, which the machine
 * shares and takes back as it likes. */
export function memoryMb(pid) {
  const own = Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/RssAnon:\s+(\d+)/)?.[1] ?? 0);
  return { all: Math.round(memoryKb(pid) / 1024), own: Math.round(own / 1024) };
}

/** Every process named postgres, sorted so that two calls line up. */
export function postgresPids() {
  return readdirSync('/proc').filter(p => /^\d+$/.test(p)).filter(p => {
    try { return readFileSync(`/proc/${p}/comm`, 'utf8').trim() === 'postgres'; } catch { return false; }
  }).map(Number).sort((a, b) => a - b);
}
