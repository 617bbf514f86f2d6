// RFC 6238 as an app on a telephone does it, from the key that the page of a second factor shows.
import { createHmac } from 'node:crypto';

export const STEP = 30_000;

export function codeOf(key, at = Date.now()) {
  const bits = [...key.replaceAll(' ', '')].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const seed = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(at / STEP)));
  const tag = createHmac('sha1', seed).update(step).digest();
  const from = tag[19] & 15;
  return String((tag.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
