#include "kernels.h"

fingerprint_matches fingerprint_column_scan(
    fingerprint_kernel kernel, const uint64_t *words, const uint32_t *offsets,
    size_t count, size_t first, size_t last, const uint16_t *required, uint32_t *places,
    uint16_t *common) {
  column_scan *scan = scan_columns_portable;
#if defined(__x86_64__)
  if (kernel == fingerprint_kernel_avx2) scan = scan_columns_avx2;
  if (kernel == fingerprint_kernel_avx512) scan = scan_columns_avx512;
#endif
  return scan(words, offsets, count, first, last, required, places, common);
}

// Turns a square of 64 words so that bit i of word j becomes bit j of word i, by exchanging ever
// smaller quarters (Warren, Hacker's Delight, 7-3).
static void transpose(uint64_t square[64]) {
  uint64_t mask = 0x00000000ffffffffull;
  for (unsigned width = 32; width; width >>= 1, mask ^= mask << width) {
    for (unsigned k = 0; k < 64; k = (k + width + 1) & ~width) {
      uint64_t exchange = ((square[k] >> width) ^ square[k + width]) & mask;
      square[k] ^= exchange << width;
      square[k + width] ^= exchange;
    }
  }
}

void fingerprint_columns(
    const uint64_t *rows, size_t row_words, const uint32_t *order, size_t count, size_t bits,
    uint64_t *words) {
  size_t blocks = (count + 511) / 512;
  for (size_t block = 0; block < blocks; block++) {
    for (size_t word = 0; word < row_words; word++) {
      // 64 columns of one block are made here and then stored as whole lines: the columns of a page
      // lie 4 KiB apart and would push each other out of the cache word by word.
      uint64_t lines[64][8];
      for (size_t part = 0; part < 8; part++) {
        uint64_t square[64];
        size_t start = block * 512 + part * 64;
        for (size_t j = 0; j < 64; j++) {
          square[j] = start + j < count ? rows[order[start + j] * row_words + word] : 0;
        }
        transpose(square);
        for (size_t j = 0; j < 64; j++) lines[j][part] = square[j];
      }
      for (size_t j = 0; j < 64 && word * 64 + j < bits; j++) {
        __builtin_memcpy(words + ((word * 64 + j) * blocks + block) * 8, lines[j], 64);
      }
    }
  }
}

void fingerprint_rows(
    const uint64_t *words, size_t blocks, size_t bits, size_t first, size_t count, uint64_t *rows) {
  size_t row_words = (bits + 63) / 64;
  for (size_t word = 0; word < row_words; word++) {
    for (size_t start = 0; start < count; start += 64) {
      uint64_t square[64];
      for (size_t j = 0; j < 64; j++) {
        size_t bit = word * 64 + j;
        square[j] = bit < bits ? words[bit * blocks * 8 + (first + start) / 64] : 0;
      }
      transpose(square);
      for (size_t j = 0; j < 64 && start + j < count; j++) {
        rows[(start + j) * row_words + word] = square[j];
      }
    }
  }
}
