#include "kernels.h"

// Rows handled between two steps: their numbers stay in the first-level cache.
#define BLOCK 1024

int fingerprint_kernel_supported(fingerprint_kernel kernel) {
  switch (kernel) {
    case fingerprint_kernel_portable:
      return 1;
#if defined(__x86_64__)
    case fingerprint_kernel_avx2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
             __builtin_cpu_supports("popcnt");
    case fingerprint_kernel_avx512:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
             __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi2") &&
             __builtin_cpu_supports("avx512vpopcntdq") &&
             __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
#endif
    default:
      return 0;
  }
}

static const kernel_steps *steps_of(fingerprint_kernel kernel) {
#if defined(__x86_64__)
  if (kernel == fingerprint_kernel_avx512) return &avx512_steps;
  if (kernel == fingerprint_kernel_avx2) return &avx2_steps;
#endif
  return &portable_steps;
}

void fingerprint_intersections(
    fingerprint_kernel kernel, const uint64_t *query, const uint64_t *rows, size_t words,
    size_t count, uint16_t *intersections) {
  steps_of(kernel)->intersections(query, rows, words, 0, count, intersections);
}

size_t fingerprint_scan(
    fingerprint_kernel kernel, const uint64_t *query, const uint64_t *rows,
    const uint16_t *popcounts, size_t words, size_t count, fingerprint_bound bound,
    uint32_t *matched, uint16_t *intersections) {
  const kernel_steps *steps = steps_of(kernel);
  uint32_t survivors[BLOCK + SLACK];
  uint32_t places[BLOCK + SLACK];
  uint16_t counts[BLOCK + SLACK];
  size_t found = 0;
  for (size_t start = 0; start < count; start += BLOCK) {
    size_t size = count - start < BLOCK ? count - start : BLOCK;
    size_t kept = steps->survivors(popcounts + start, size, bound.low, bound.high, survivors);
    if (kept == 0) continue;
    // Rows without a gap are read as a stream.
    const uint32_t *index = kept == size ? 0 : survivors;
    steps->intersections(query, rows + start * words, words, index, kept, counts);
    size_t likely = steps->at_least(counts, kept, bound.floor, places);
    for (size_t number = 0; number < likely; number++) {
      uint32_t row = (uint32_t)start + survivors[places[number]];
      uint16_t common = counts[places[number]];
      if (common < bound.required[popcounts[row] - bound.low]) continue;
      matched[found] = row;
      intersections[found] = common;
      found++;
    }
  }
  return found;
}

size_t fingerprint_set_bits(
    fingerprint_kernel kernel, const uint64_t *rows, size_t words, size_t count, int32_t *offsets,
    int32_t *indices, size_t capacity) {
  const kernel_steps *steps = steps_of(kernel);
  size_t found = 0;
  for (size_t row = 0; row < count; row++) {
    offsets[row] = (int32_t)found;
    size_t size =
        steps->set_bits(rows + row * words, words, indices + found, capacity - found);
    if (size == SIZE_MAX) return SIZE_MAX;
    found += size;
  }
  offsets[count] = (int32_t)found;
  return found;
}
