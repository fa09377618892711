#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx2,bmi,popcnt")))
#define SCAN scan_columns_avx2
#define SUM(a, b, c) ((a) ^ (b) ^ (c))
#define CARRY(a, b, c) (((a) & (b)) | ((c) & ((a) | (b))))
#define ANY(a) any(a)

TARGET static inline __attribute__((always_inline)) int any(
    unsigned long __attribute__((vector_size(64))) a) {
  __m256i half[2];
  __builtin_memcpy(half, &a, sizeof a);
  __m256i both = _mm256_or_si256(half[0], half[1]);
  return !_mm256_testz_si256(both, both);
}

#include "columns.h"
#endif
