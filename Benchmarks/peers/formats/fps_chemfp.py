"""Reads an FPS file with chemfp 1.6.1, writes it again with chemfp, and lists what it read.

For Python 2.7. Arguments: FPS COPY LIST
"""
import binascii
import sys

import chemfp


def main(source, copy, listing):
    # Read once as a stream and once as an arena, which are two readers of it.
    with chemfp.open(source) as reader, open(listing, "w") as lines:
        for name, fingerprint in reader:
            lines.write("%s\t%s\n" % (binascii.hexlify(fingerprint), name))
    arena = chemfp.load_fingerprints(source, reorder=False)
    arena.save(copy)
    print(chemfp.__version__)


if __name__ == "__main__":
    main(*sys.argv[1:])
