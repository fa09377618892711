// Kernels over packed binary fingerprints: pointers and counts, nothing else.
//
// A row is `words` consecutive 64-bit words; bit i stands in word i / 64 at place i % 64.
// `words` is at most FINGERPRINT_MAXIMUM_WORDS, so that every count fits in 16 bits.
#ifndef CFINGERPRINTS_H
#define CFINGERPRINTS_H

#include <stddef.h>
#include <stdint.h>

#define FINGERPRINT_MAXIMUM_WORDS 1023

typedef enum fingerprint_kernel {
  fingerprint_kernel_portable = 0,
  fingerprint_kernel_avx2 = 1,
  fingerprint_kernel_avx512 = 2,
} fingerprint_kernel;

// What a row must reach to be reported: a popcount in [low, high] and at least
// required[popcount - low] bits in common with the query. `floor` is the least of `required`.
typedef struct fingerprint_bound {
  uint16_t low;
  uint16_t high;
  uint16_t floor;
  const uint16_t *required;
} fingerprint_bound;

// 1 if this processor can run the kernel, else 0.
int fingerprint_kernel_supported(fingerprint_kernel kernel);

// The numbers of common bits of the query with each of `count` rows.
void fingerprint_intersections(
    fingerprint_kernel kernel, const uint64_t *query, const uint64_t *rows, size_t words,
    size_t count, uint16_t *intersections);

// The rows that reach the bound, ascending, with their numbers of common bits.
// `matched` and `intersections` have room for `count` values; returns how many were written.
size_t fingerprint_scan(
    fingerprint_kernel kernel, const uint64_t *query, const uint64_t *rows,
    const uint16_t *popcounts, size_t words, size_t count, fingerprint_bound bound,
    uint32_t *matched, uint16_t *intersections);

// The set bits of `count` rows as compressed sparse rows; returns their number. `offsets` has room
// for count + 1 values and `indices` for `capacity`; returns SIZE_MAX if that is too little.
size_t fingerprint_set_bits(
    fingerprint_kernel kernel, const uint64_t *rows, size_t words, size_t count, int32_t *offsets,
    int32_t *indices, size_t capacity);

// Columns: a page holds some blocks of 512 rows. Bit b of all its rows stands together, 8 words a
// block, from word b * 8 * blocks on.

// Writes the page of the rows named by `order`; rows past `count` in the last block are empty.
// `words` has room for bits * blocks * 8 words with blocks = (count + 511) / 512.
void fingerprint_columns(
    const uint64_t *rows, size_t row_words, const uint32_t *order, size_t count, size_t bits,
    uint64_t *words);

// Writes `count` rows of a page again, the first of them at a place divisible by 64; `rows` has room
// for count rows of (bits + 63) / 64 words.
void fingerprint_rows(
    const uint64_t *words, size_t blocks, size_t bits, size_t first, size_t count, uint64_t *rows);

// How many rows were found, and how many lines (one column of one block) were read for it.
typedef struct fingerprint_matches {
  size_t found;
  size_t lines;
} fingerprint_matches;

// The rows of blocks first..<last that have at least required[block] of `count` wanted bits,
// ascending, with how many they have. `offsets` are the wanted bits' first words, b * 8 * blocks.
// The rarest bits should come first: a block is left as soon as none of its rows can still reach
// its number. `places` and `common` have room for all rows.
fingerprint_matches fingerprint_column_scan(
    fingerprint_kernel kernel, const uint64_t *words, const uint32_t *offsets,
    size_t count, size_t first, size_t last, const uint16_t *required, uint32_t *places,
    uint16_t *common);

#include "CFingerprintsClustering.h"

#endif
