#include "kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

static size_t survivors(
    const uint16_t *popcounts, size_t count, uint16_t low, uint16_t high, uint32_t *out) {
  return portable_steps.survivors(popcounts, count, low, high, out);
}

// Set bits of each byte by two table look-ups of four bits (Muła, Kurz & Lemire 2018).
AVX2 static inline __m256i byte_counts(__m256i bits) {
  const __m256i table = _mm256_setr_epi8(
      0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3,
      4);
  const __m256i nibble = _mm256_set1_epi8(0x0f);
  __m256i low = _mm256_and_si256(bits, nibble);
  __m256i high = _mm256_and_si256(_mm256_srli_epi16(bits, 4), nibble);
  return _mm256_add_epi8(_mm256_shuffle_epi8(table, low), _mm256_shuffle_epi8(table, high));
}

// The common bits of four rows, as four 16-bit numbers in one word: sums of all four lanes are
// added at once, which cannot carry because no row has more than 65,472 bits.
AVX2 static inline uint64_t four_rows(
    const uint64_t *query, const uint64_t *const row[4], size_t words) {
  __m256i sums[4] = {0};
  size_t whole = words & ~(size_t)3;
  size_t word = 0;
  while (word < whole) {
    // A byte holds 31 steps of at most 8.
    size_t stop = whole - word > 31 * 4 ? word + 31 * 4 : whole;
    __m256i bytes[4] = {0};
    for (; word < stop; word += 4) {
      __m256i wanted = _mm256_loadu_si256((const __m256i *)(query + word));
      for (int lane = 0; lane < 4; lane++) {
        __m256i bits = _mm256_loadu_si256((const __m256i *)(row[lane] + word));
        bytes[lane] = _mm256_add_epi8(bytes[lane], byte_counts(_mm256_and_si256(wanted, bits)));
      }
    }
    for (int lane = 0; lane < 4; lane++) {
      sums[lane] =
          _mm256_add_epi64(sums[lane], _mm256_sad_epu8(bytes[lane], _mm256_setzero_si256()));
    }
  }
  if (whole < words) {
    __m256i tail = _mm256_cmpgt_epi64(
        _mm256_set1_epi64x((long long)(words - whole)), _mm256_setr_epi64x(0, 1, 2, 3));
    __m256i wanted = _mm256_maskload_epi64((const long long *)(query + whole), tail);
    for (int lane = 0; lane < 4; lane++) {
      __m256i bits = _mm256_maskload_epi64((const long long *)(row[lane] + whole), tail);
      __m256i counts = byte_counts(_mm256_and_si256(wanted, bits));
      sums[lane] = _mm256_add_epi64(sums[lane], _mm256_sad_epu8(counts, _mm256_setzero_si256()));
    }
  }
  __m256i even = _mm256_or_si256(sums[0], _mm256_slli_epi64(sums[1], 16));
  __m256i odd = _mm256_or_si256(
      _mm256_slli_epi64(sums[2], 32), _mm256_slli_epi64(sums[3], 48));
  __m256i all = _mm256_or_si256(even, odd);
  __m128i half =
      _mm_add_epi64(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
  return (uint64_t)_mm_cvtsi128_si64(half) + (uint64_t)_mm_extract_epi64(half, 1);
}

AVX2 static void intersections(
    const uint64_t *query, const uint64_t *rows, size_t words, const uint32_t *index, size_t count,
    uint16_t *out) {
  for (size_t place = 0; place < count; place += 4) {
    const uint64_t *row[4];
    for (size_t lane = 0; lane < 4; lane++) {
      size_t here = place + lane < count ? place + lane : count - 1;
      row[lane] = rows + (index ? index[here] : here) * words;
    }
    uint64_t counts = four_rows(query, row, words);
    for (size_t lane = 0; lane < 4 && place + lane < count; lane++) {
      out[place + lane] = (uint16_t)(counts >> (16 * lane));
    }
  }
}

AVX2 static size_t at_least(
    const uint16_t *counts, size_t count, uint16_t floor, uint32_t *places) {
  size_t found = 0;
  size_t place = 0;
  const __m256i wanted = _mm256_set1_epi16((short)floor);
  for (; place + 16 <= count; place += 16) {
    __m256i here = _mm256_loadu_si256((const __m256i *)(counts + place));
    __m256i enough = _mm256_cmpeq_epi16(_mm256_max_epu16(here, wanted), here);
    // Two mask bits a number; keep one.
    uint32_t mask = (uint32_t)_mm256_movemask_epi8(enough) & 0x55555555u;
    for (; mask; mask &= mask - 1) {
      places[found++] = (uint32_t)place + (uint32_t)__builtin_ctz(mask) / 2;
    }
  }
  for (; place < count; place++) {
    if (counts[place] >= floor) places[found++] = (uint32_t)place;
  }
  return found;
}

AVX2 static size_t set_bits(
    const uint64_t *row, size_t words, int32_t *indices, size_t capacity) {
  size_t found = 0;
  for (size_t word = 0; word < words; word++) {
    uint64_t bits = row[word];
    if (found + (size_t)__builtin_popcountll(bits) > capacity) return SIZE_MAX;
    for (; bits; bits &= bits - 1) {
      indices[found++] = (int32_t)(word * 64 + (size_t)__builtin_ctzll(bits));
    }
  }
  return found;
}

const kernel_steps avx2_steps = {survivors, intersections, at_least, set_bits};
#endif
