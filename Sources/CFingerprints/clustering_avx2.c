#if defined(__x86_64__)
#define TARGET __attribute__((target("avx2,bmi,popcnt")))
#define STEPS clustering_avx2

#include "clustering.h"
#endif
