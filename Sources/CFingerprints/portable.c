#include "kernels.h"

static size_t survivors(
    const uint16_t *popcounts, size_t count, uint16_t low, uint16_t high, uint32_t *out) {
  size_t found = 0;
  for (size_t row = 0; row < count; row++) {
    out[found] = (uint32_t)row;
    found += (popcounts[row] >= low) & (popcounts[row] <= high);
  }
  return found;
}

static void intersections(
    const uint64_t *query, const uint64_t *rows, size_t words, const uint32_t *index, size_t count,
    uint16_t *out) {
  for (size_t place = 0; place < count; place++) {
    const uint64_t *row = rows + (index ? index[place] : place) * words;
    unsigned common = 0;
    for (size_t word = 0; word < words; word++) {
      common += (unsigned)__builtin_popcountll(query[word] & row[word]);
    }
    out[place] = (uint16_t)common;
  }
}

static size_t at_least(const uint16_t *counts, size_t count, uint16_t floor, uint32_t *places) {
  size_t found = 0;
  for (size_t place = 0; place < count; place++) {
    places[found] = (uint32_t)place;
    found += counts[place] >= floor;
  }
  return found;
}

static size_t set_bits(const uint64_t *row, size_t words, int32_t *indices, size_t capacity) {
  size_t found = 0;
  for (size_t word = 0; word < words; word++) {
    for (uint64_t bits = row[word]; bits; bits &= bits - 1) {
      if (found == capacity) return SIZE_MAX;
      indices[found++] = (int32_t)(word * 64 + (size_t)__builtin_ctzll(bits));
    }
  }
  return found;
}

const kernel_steps portable_steps = {survivors, intersections, at_least, set_bits};
