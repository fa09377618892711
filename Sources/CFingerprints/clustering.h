// The counters of clustering, written once in vectors of 512 bits and compiled for each
// instruction set. Before including, define TARGET, the target attribute, and STEPS, the name of
// the table of functions to define.
#include "CFingerprints.h"

#pragma clang diagnostic ignored "-Wpsabi"

typedef uint64_t lanes __attribute__((vector_size(64)));
#define INLINE static inline __attribute__((always_inline))

typedef struct clustering_steps {
  uint32_t (*popcount)(const uint64_t *row, size_t lines);
  uint64_t (*sum)(const uint64_t *planes, size_t count, size_t lines, const uint64_t *row);
  uint32_t (*add)(
      uint64_t *planes, size_t count, size_t lines, const uint64_t *row, uint64_t least,
      uint64_t *majority);
  void (*add_counters)(
      uint64_t *planes, size_t count, size_t lines, const uint64_t *others, size_t others_count);
  uint32_t (*majority)(
      const uint64_t *planes, size_t count, size_t lines, uint64_t least, uint64_t *majority);
} clustering_steps;

extern const clustering_steps clustering_portable;
#if defined(__x86_64__)
extern const clustering_steps clustering_avx2;
extern const clustering_steps clustering_avx512;
#endif

#if defined(STEPS)

TARGET INLINE lanes load(const uint64_t *words) {
  lanes bits;
  __builtin_memcpy(&bits, words, sizeof bits);
  return bits;
}

TARGET INLINE void store(uint64_t *words, lanes bits) {
  __builtin_memcpy(words, &bits, sizeof bits);
}

TARGET INLINE uint64_t total(lanes counts) {
  return ((counts[0] + counts[1]) + (counts[2] + counts[3])) +
         ((counts[4] + counts[5]) + (counts[6] + counts[7]));
}

// Goes from the lowest plane up, where a higher bit decides: are the counters at least `least`?
TARGET INLINE lanes at_least(lanes so_far, lanes plane, uint64_t least, size_t k) {
  return least >> k & 1 ? so_far & plane : so_far | plane;
}

TARGET static uint32_t popcount(const uint64_t *row, size_t lines) {
  lanes counts = {0};
  for (size_t line = 0; line < lines; line++) {
    counts += __builtin_elementwise_popcount(load(row + line * 8));
  }
  return (uint32_t)total(counts);
}

TARGET static uint64_t sum(
    const uint64_t *planes, size_t count, size_t lines, const uint64_t *row) {
  lanes sums = {0};
  for (size_t k = 0; k < count; k++) {
    lanes here = {0};
    for (size_t line = 0; line < lines; line++) {
      lanes common = load(planes + (k * lines + line) * 8) & load(row + line * 8);
      here += __builtin_elementwise_popcount(common);
    }
    sums += here << k;
  }
  return total(sums);
}

TARGET static uint32_t add(
    uint64_t *planes, size_t count, size_t lines, const uint64_t *row, uint64_t least,
    uint64_t *majority) {
  lanes counts = {0};
  for (size_t line = 0; line < lines; line++) {
    lanes carry = load(row + line * 8);
    lanes enough = ~(lanes){0};
    for (size_t k = 0; k < count; k++) {
      uint64_t *place = planes + (k * lines + line) * 8;
      lanes before = load(place);
      lanes after = before ^ carry;
      store(place, after);
      carry &= before;
      enough = at_least(enough, after, least, k);
    }
    store(majority + line * 8, enough);
    counts += __builtin_elementwise_popcount(enough);
  }
  return (uint32_t)total(counts);
}

TARGET static void add_counters(
    uint64_t *planes, size_t count, size_t lines, const uint64_t *others, size_t others_count) {
  for (size_t line = 0; line < lines; line++) {
    lanes carry = {0};
    for (size_t k = 0; k < count; k++) {
      uint64_t *place = planes + (k * lines + line) * 8;
      lanes a = load(place);
      lanes b = k < others_count ? load(others + (k * lines + line) * 8) : (lanes){0};
      store(place, a ^ b ^ carry);
      carry = (a & b) | (carry & (a | b));
    }
  }
}

TARGET static uint32_t majority(
    const uint64_t *planes, size_t count, size_t lines, uint64_t least, uint64_t *result) {
  lanes counts = {0};
  for (size_t line = 0; line < lines; line++) {
    lanes enough = ~(lanes){0};
    for (size_t k = 0; k < count; k++) {
      enough = at_least(enough, load(planes + (k * lines + line) * 8), least, k);
    }
    store(result + line * 8, enough);
    counts += __builtin_elementwise_popcount(enough);
  }
  return (uint32_t)total(counts);
}

const clustering_steps STEPS = {popcount, sum, add, add_counters, majority};

#endif
#undef INLINE
