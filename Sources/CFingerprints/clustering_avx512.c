#if defined(__x86_64__)
#define TARGET \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx512vpopcntdq,bmi,popcnt")))
#define STEPS clustering_avx512

#include "clustering.h"
#endif
