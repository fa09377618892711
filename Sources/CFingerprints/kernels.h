// The three steps of a scan; every instruction set brings its own.
#ifndef KERNELS_H
#define KERNELS_H

#include "CFingerprints.h"

// Output buffers have room for this many elements past their end, so that a step may store whole
// vectors.
#define SLACK 32

typedef struct kernel_steps {
  // The rows whose popcount lies in [low, high], ascending.
  size_t (*survivors)(
      const uint16_t *popcounts, size_t count, uint16_t low, uint16_t high, uint32_t *survivors);
  // Common bits of the query with the rows named by `index`, or with rows 0..<count if it is null.
  void (*intersections)(
      const uint64_t *query, const uint64_t *rows, size_t words, const uint32_t *index,
      size_t count, uint16_t *intersections);
  // The places of the counts that are at least `floor`, ascending.
  size_t (*at_least)(
      const uint16_t *counts, size_t count, uint16_t floor, uint32_t *places);
  // The set bits of one row, ascending; SIZE_MAX if there are more than `capacity`.
  size_t (*set_bits)(const uint64_t *row, size_t words, int32_t *indices, size_t capacity);
} kernel_steps;

// See fingerprint_column_scan.
typedef fingerprint_matches column_scan(
    const uint64_t *words, const uint32_t *offsets, size_t count, size_t first,
    size_t last, const uint16_t *required, uint32_t *places, uint16_t *common);

column_scan scan_columns_portable;
extern const kernel_steps portable_steps;
#if defined(__x86_64__)
extern const kernel_steps avx2_steps;
extern const kernel_steps avx512_steps;
column_scan scan_columns_avx2;
column_scan scan_columns_avx512;
#endif

#endif
