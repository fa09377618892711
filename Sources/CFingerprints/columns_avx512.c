#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx512vpopcntdq,bmi,popcnt")))
#define SCAN scan_columns_avx512
#define TERNARY(a, b, c, table) \
  ((lanes)_mm512_ternarylogic_epi64((__m512i)(a), (__m512i)(b), (__m512i)(c), table))
#define SUM(a, b, c) TERNARY(a, b, c, 0x96)
#define CARRY(a, b, c) TERNARY(a, b, c, 0xE8)
#define ANY(a) (_mm512_test_epi64_mask((__m512i)(a), (__m512i)(a)) != 0)

#include "columns.h"
#endif
