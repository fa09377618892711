#include "CFingerprints.h"

uint32_t fingerprint_popcount(const uint64_t *row, size_t words) {
  uint32_t count = 0;
  for (size_t word = 0; word < words; word++) count += (uint32_t)__builtin_popcountll(row[word]);
  return count;
}

size_t fingerprint_set_bits(
    const uint64_t *rows, size_t words, size_t count, int32_t *offsets, int32_t *indices,
    size_t capacity) {
  size_t found = 0;
  for (size_t row = 0; row < count; row++) {
    offsets[row] = (int32_t)found;
    for (size_t word = 0; word < words; word++) {
      uint64_t bits = rows[row * words + word];
      for (; bits; bits &= bits - 1) {
        if (found == capacity) return SIZE_MAX;
        indices[found++] = (int32_t)(word * 64 + (size_t)__builtin_ctzll(bits));
      }
    }
  }
  offsets[count] = (int32_t)found;
  return found;
}
