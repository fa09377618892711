#define TARGET
#define SCAN scan_columns_portable
#define SUM(a, b, c) ((a) ^ (b) ^ (c))
#define CARRY(a, b, c) (((a) & (b)) | ((c) & ((a) | (b))))
#define ANY(a) any(a)

#include <stdint.h>

static inline __attribute__((always_inline)) int any(
    uint64_t __attribute__((vector_size(64))) a) {
  return (a[0] | a[1] | a[2] | a[3] | a[4] | a[5] | a[6] | a[7]) != 0;
}

#include "columns.h"
