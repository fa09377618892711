#include "kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX512 \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx512vpopcntdq,bmi,popcnt")))
#define INLINE __attribute__((always_inline)) static inline

AVX512 static size_t survivors(
    const uint16_t *popcounts, size_t count, uint16_t low, uint16_t high, uint32_t *out) {
  const __m256i least = _mm256_set1_epi16((short)low);
  const __m256i most = _mm256_set1_epi16((short)high);
  __m512i rows = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  size_t found = 0;
  for (size_t row = 0; row < count; row += 16) {
    __mmask16 inside = count - row < 16 ? (__mmask16)((1u << (count - row)) - 1) : 0xffff;
    __m256i here = _mm256_maskz_loadu_epi16(inside, popcounts + row);
    __mmask16 keep = _mm256_mask_cmpge_epu16_mask(inside, here, least);
    keep = _mm256_mask_cmple_epu16_mask(keep, here, most);
    // Compress in a register: storing compressed is slow on Zen 4 and 5.
    _mm512_storeu_si512(out + found, _mm512_maskz_compress_epi32(keep, rows));
    found += (size_t)__builtin_popcount(keep);
    rows = _mm512_add_epi32(rows, _mm512_set1_epi32(16));
  }
  return found;
}

// The common bits of four rows, as four 16-bit numbers in one word: sums of all eight lanes are
// added at once, which cannot carry because no row has more than 65,472 bits.
AVX512 INLINE uint64_t four_rows(
    const uint64_t *query, const uint64_t *const row[4], size_t words) {
  __m512i sums[4] = {0};
  for (size_t word = 0; word < words; word += 8) {
    __mmask8 inside = words - word < 8 ? (__mmask8)((1u << (words - word)) - 1) : 0xff;
    __m512i wanted = _mm512_maskz_loadu_epi64(inside, query + word);
    for (int lane = 0; lane < 4; lane++) {
      __m512i bits = _mm512_maskz_loadu_epi64(inside, row[lane] + word);
      sums[lane] = _mm512_add_epi64(
          sums[lane], _mm512_popcnt_epi64(_mm512_and_si512(wanted, bits)));
    }
  }
  __m512i even = _mm512_or_si512(sums[0], _mm512_slli_epi64(sums[1], 16));
  __m512i odd = _mm512_or_si512(
      _mm512_slli_epi64(sums[2], 32), _mm512_slli_epi64(sums[3], 48));
  __m512i all = _mm512_or_si512(even, odd);
  __m256i half =
      _mm256_add_epi64(_mm512_castsi512_si256(all), _mm512_extracti64x4_epi64(all, 1));
  __m128i quarter =
      _mm_add_epi64(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
  return (uint64_t)_mm_cvtsi128_si64(quarter) + (uint64_t)_mm_extract_epi64(quarter, 1);
}

AVX512 INLINE void all_rows(
    const uint64_t *query, const uint64_t *rows, size_t words, const uint32_t *index, size_t count,
    uint16_t *out) {
  for (size_t place = 0; place < count; place += 4) {
    const uint64_t *row[4];
    for (size_t lane = 0; lane < 4; lane++) {
      size_t here = place + lane < count ? place + lane : count - 1;
      row[lane] = rows + (index ? index[here] : here) * words;
    }
    uint64_t counts = four_rows(query, row, words);
    if (place + 4 <= count) {
      __builtin_memcpy(out + place, &counts, 8);
    } else {
      __builtin_memcpy(out + place, &counts, 2 * (count - place));
    }
  }
}

// The common widths are compiled with a constant number of words, which unrolls the inner loop.
AVX512 static void intersections(
    const uint64_t *query, const uint64_t *rows, size_t words, const uint32_t *index, size_t count,
    uint16_t *out) {
  if (words == 32 && index) return all_rows(query, rows, 32, index, count, out);
  if (words == 32) return all_rows(query, rows, 32, 0, count, out);
  if (words == 16) return all_rows(query, rows, 16, index, count, out);
  all_rows(query, rows, words, index, count, out);
}

AVX512 static size_t at_least(
    const uint16_t *counts, size_t count, uint16_t floor, uint32_t *places) {
  const __m512i wanted = _mm512_set1_epi16((short)floor);
  size_t found = 0;
  for (size_t place = 0; place < count; place += 32) {
    __mmask32 inside = count - place < 32 ? (__mmask32)((1ull << (count - place)) - 1) : ~0u;
    __m512i here = _mm512_maskz_loadu_epi16(inside, counts + place);
    uint32_t enough = _mm512_mask_cmpge_epu16_mask(inside, here, wanted);
    for (; enough; enough &= enough - 1) {
      places[found++] = (uint32_t)place + (uint32_t)__builtin_ctz(enough);
    }
  }
  return found;
}

// A word's set bits are the numbers 0..<64 compressed by the word itself: no branch depends on how
// many there are, unless more than 16.
AVX512 static size_t set_bits(
    const uint64_t *row, size_t words, int32_t *indices, size_t capacity) {
  uint8_t numbers[64];
  for (int bit = 0; bit < 64; bit++) numbers[bit] = (uint8_t)bit;
  const __m512i places = _mm512_loadu_si512(numbers);
  size_t found = 0;
  for (size_t word = 0; word < words; word++) {
    size_t size = (size_t)__builtin_popcountll(row[word]);
    if (found + size > capacity) return SIZE_MAX;
    __m512i packed = _mm512_maskz_compress_epi8(row[word], places);
    const __m512i base = _mm512_set1_epi32((int)(word * 64));
    for (size_t start = 0;; start += 16) {
      __m512i wide = _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed)));
      if (capacity - found >= start + 16) {
        _mm512_storeu_si512(indices + found + start, wide);
      } else if (capacity - found > start) {
        __mmask16 room = (__mmask16)((1u << (capacity - found - start)) - 1);
        _mm512_mask_storeu_epi32(indices + found + start, room, wide);
      }
      if (size <= start + 16) break;
      packed = _mm512_alignr_epi64(packed, packed, 2);
    }
    found += size;
  }
  return found;
}

const kernel_steps avx512_steps = {survivors, intersections, at_least, set_bits};
#endif
