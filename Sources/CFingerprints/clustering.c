#include "clustering.h"

static const clustering_steps *steps_of(fingerprint_kernel kernel) {
#if defined(__x86_64__)
  if (kernel == fingerprint_kernel_avx512) return &clustering_avx512;
  if (kernel == fingerprint_kernel_avx2) return &clustering_avx2;
#endif
  return &clustering_portable;
}

uint32_t clustering_popcount(fingerprint_kernel kernel, const uint64_t *row, size_t lines) {
  return steps_of(kernel)->popcount(row, lines);
}

uint64_t clustering_sum(
    fingerprint_kernel kernel, const uint64_t *planes, size_t count, size_t lines,
    const uint64_t *row) {
  return steps_of(kernel)->sum(planes, count, lines, row);
}

uint32_t clustering_add(
    fingerprint_kernel kernel, uint64_t *planes, size_t count, size_t lines, const uint64_t *row,
    uint64_t least, uint64_t *majority) {
  return steps_of(kernel)->add(planes, count, lines, row, least, majority);
}

void clustering_add_counters(
    fingerprint_kernel kernel, uint64_t *planes, size_t count, size_t lines,
    const uint64_t *others, size_t others_count) {
  steps_of(kernel)->add_counters(planes, count, lines, others, others_count);
}

uint32_t clustering_majority(
    fingerprint_kernel kernel, const uint64_t *planes, size_t count, size_t lines, uint64_t least,
    uint64_t *majority) {
  return steps_of(kernel)->majority(planes, count, lines, least, majority);
}

size_t clustering_nearest(
    fingerprint_kernel kernel, const uint64_t *query, uint32_t popcount, const uint64_t *rows,
    const uint16_t *popcounts, size_t lines, size_t count, uint16_t *shared) {
  enum { block = 256 };
  uint16_t common[block];
  size_t nearest = 0;
  // The best ratio so far as a fraction, which is compared without a division.
  uint64_t best = 0;
  uint64_t best_union = 1;
  for (size_t start = 0; start < count; start += block) {
    size_t size = count - start < block ? count - start : block;
    fingerprint_intersections(
        kernel, query, rows + start * lines * 8, lines * 8, size, common);
    for (size_t row = 0; row < size; row++) {
      uint64_t all = (uint64_t)popcount + popcounts[start + row] - common[row];
      if (common[row] * best_union > best * all) {
        best = common[row];
        best_union = all;
        nearest = start + row;
      }
    }
  }
  *shared = (uint16_t)best;
  return nearest;
}
