// The scan of columns, written once in vectors of 512 bits and compiled for each instruction set.
//
// Before including, define:
//   TARGET          the target attribute
//   SCAN            the name of the function to define
//   SUM(a, b, c)    a ^ b ^ c
//   CARRY(a, b, c)  the majority of a, b and c
//   ANY(a)          whether any bit is set
//
// For each of 512 rows a counter stands upright: bit k of all of them is one vector, `plane[k]`.
// Eight columns at a time are added by carry-save adders, as in a Harley-Seal population count
// (Muła, Kurz & Lemire 2018), but over rows instead of words.
#include "kernels.h"

// Vectors are passed only to functions that are always inlined: no calling convention is involved.
#pragma clang diagnostic ignored "-Wpsabi"

typedef uint64_t lanes __attribute__((vector_size(64)));
#define INLINE static inline __attribute__((always_inline))

// Adds a and b to `sum` and returns the carry.
TARGET INLINE lanes add(lanes *sum, lanes a, lanes b) {
  lanes before = *sum;
  *sum = SUM(before, a, b);
  return CARRY(before, a, b);
}

TARGET INLINE lanes load(const uint64_t *words) {
  lanes bits;
  __builtin_memcpy(&bits, words, sizeof bits);
  return bits;
}

// The rows whose counter is at least `least`: from the lowest plane up, a greater bit decides.
TARGET INLINE lanes at_least(const lanes *plane, unsigned planes, size_t least) {
  lanes enough = ~(lanes){0};
  for (unsigned k = 0; k < planes; k++) {
    enough = least >> k & 1 ? enough & plane[k] : enough | plane[k];
  }
  return enough;
}

// Writes the rows of one block that reach the bound, with their counters.
TARGET INLINE size_t report(
    const lanes *plane, unsigned planes, lanes enough, size_t block, uint32_t *places,
    uint16_t *common) {
  uint64_t counters[16][8];
  uint64_t words[8];
  for (unsigned k = 0; k < planes; k++) __builtin_memcpy(counters[k], &plane[k], 64);
  __builtin_memcpy(words, &enough, 64);
  size_t found = 0;
  for (size_t word = 0; word < 8; word++) {
    for (uint64_t bits = words[word]; bits; bits &= bits - 1) {
      unsigned bit = (unsigned)__builtin_ctzll(bits);
      unsigned count = 0;
      for (unsigned k = 0; k < planes; k++) count |= (counters[k][word] >> bit & 1) << k;
      places[found] = (uint32_t)(block * 512 + word * 64 + bit);
      common[found] = (uint16_t)count;
      found++;
    }
  }
  return found;
}

// Blocks that are led through the columns together: their counters stay in the first-level cache,
// and each column is read in runs of so many lines, which come from memory as a stream.
#define STRIP 16

// Adds up to eight columns to the counters of one block.
TARGET INLINE void add_columns(
    lanes *plane, unsigned planes, const uint64_t *words, const uint32_t *offsets, size_t group) {
  lanes bits[8];
  if (group == 8) {
    for (size_t j = 0; j < 8; j++) bits[j] = load(words + offsets[j]);
  } else {
    for (size_t j = 0; j < 8; j++) bits[j] = (lanes){0};
    for (size_t j = 0; j < group; j++) bits[j] = load(words + offsets[j]);
  }
  lanes twos = add(&plane[0], bits[0], bits[1]);
  lanes fours = add(&plane[1], twos, add(&plane[0], bits[2], bits[3]));
  twos = add(&plane[0], bits[4], bits[5]);
  lanes more = add(&plane[1], twos, add(&plane[0], bits[6], bits[7]));
  lanes carry = add(&plane[2], fours, more);
  for (unsigned k = 3; k < planes; k++) {
    lanes next = plane[k] & carry;
    plane[k] ^= carry;
    carry = next;
  }
}

// `planes` is a constant wherever this is inlined, which keeps the counters of a block in registers;
// counts up to the number of wanted columns must fit.
TARGET INLINE fingerprint_matches scan_blocks(
    unsigned planes, const uint64_t *words, const uint32_t *offsets, size_t count,
    size_t first, size_t last, const uint16_t *required, uint32_t *places, uint16_t *common) {
  fingerprint_matches all = {0, 0};
  lanes counters[STRIP][16];
  for (size_t start = first; start < last; start += STRIP) {
    size_t end = last - start < STRIP ? last : start + STRIP;
    size_t open[STRIP];
    size_t blocks = 0;
    for (size_t block = start; block < end; block++) {
      if (required[block] > count) continue;
      for (unsigned k = 0; k < planes; k++) counters[block - start][k] = (lanes){0};
      open[blocks++] = block;
    }
    for (size_t done = 0; done < count && blocks;) {
      size_t group = count - done < 8 ? count - done : 8;
      size_t after = done + group;
      size_t coming = count - after < 8 ? count - after : 8;
      all.lines += group * blocks;
      size_t left = count - after;
      size_t kept = 0;
      for (size_t i = 0; i < blocks; i++) {
        size_t block = open[i];
        // The lines of the next columns arrive while the other blocks are at work.
        for (size_t j = 0; j < coming; j++) {
          __builtin_prefetch(words + offsets[after + j] + block * 8);
        }
        lanes plane[16];
        for (unsigned k = 0; k < planes; k++) plane[k] = counters[block - start][k];
        add_columns(plane, planes, words + block * 8, offsets + done, group);
        for (unsigned k = 0; k < planes; k++) counters[block - start][k] = plane[k];
        // A row that cannot reach the bound even with all columns still to come is lost; when all
        // are, the rest of the block is not read.
        size_t least = required[block];
        int possible = least <= left || ANY(at_least(plane, planes, least - left));
        open[kept] = block;
        kept += (size_t)possible;
      }
      blocks = kept;
      done = after;
    }
    for (size_t i = 0; i < blocks; i++) {
      const lanes *plane = counters[open[i] - start];
      lanes enough = at_least(plane, planes, required[open[i]]);
      if (ANY(enough)) {
        all.found +=
            report(plane, planes, enough, open[i], places + all.found, common + all.found);
      }
    }
  }
  return all;
}

TARGET fingerprint_matches SCAN(
    const uint64_t *words, const uint32_t *offsets, size_t count, size_t first,
    size_t last, const uint16_t *required, uint32_t *places, uint16_t *common) {
  if (count < 64) {
    return scan_blocks(6, words, offsets, count, first, last, required, places, common);
  }
  if (count < 128) {
    return scan_blocks(7, words, offsets, count, first, last, required, places, common);
  }
  return scan_blocks(16, words, offsets, count, first, last, required, places, common);
}

#undef INLINE
