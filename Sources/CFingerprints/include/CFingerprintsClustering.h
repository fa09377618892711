// Kernels of clustering: counters that stand upright, pointers and counts, nothing else.
//
// A row is `lines` times eight 64-bit words. The counters of a set of rows say for every position
// how many of the rows have the bit: plane k, as long as a row, holds bit k of all counters, so
// that n rows take floor(log2(n)) + 1 planes and are added 512 positions at a time.
#ifndef CFINGERPRINTSCLUSTERING_H
#define CFINGERPRINTSCLUSTERING_H

#include <stddef.h>
#include <stdint.h>

// How many bits of the row are set.
uint32_t clustering_popcount(fingerprint_kernel kernel, const uint64_t *row, size_t lines);

// The sum of the counters at the positions that are set in the row.
uint64_t clustering_sum(
    fingerprint_kernel kernel, const uint64_t *planes, size_t count, size_t lines,
    const uint64_t *row);

// Adds a row to the counters, whose planes must be enough for the new numbers. Then sets in
// `majority` the positions whose counter is at least `least`, and returns how many these are.
uint32_t clustering_add(
    fingerprint_kernel kernel, uint64_t *planes, size_t count, size_t lines, const uint64_t *row,
    uint64_t least, uint64_t *majority);

// Adds other counters, which have no more planes, to the counters.
void clustering_add_counters(
    fingerprint_kernel kernel, uint64_t *planes, size_t count, size_t lines,
    const uint64_t *others, size_t others_count);

// Sets in `majority` the positions whose counter is at least `least`; returns how many these are.
uint32_t clustering_majority(
    fingerprint_kernel kernel, const uint64_t *planes, size_t count, size_t lines, uint64_t least,
    uint64_t *majority);

// The first of the rows that are most similar to the query by Tanimoto's coefficient; rows and
// query without a bit have similarity 0. `shared` is how many bits the row shares with the query.
// `count` is at least 1; `popcounts` belong to the rows.
size_t clustering_nearest(
    fingerprint_kernel kernel, const uint64_t *query, uint32_t popcount, const uint64_t *rows,
    const uint16_t *popcounts, size_t lines, size_t count, uint16_t *shared);

#endif
