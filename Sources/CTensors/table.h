// One version of all kernels.
#ifndef CTENSORS_TABLE_H
#define CTENSORS_TABLE_H

#include "CTensors.h"

struct ct_table {
  void (*sparse_product)(size_t, const int32_t *, const int32_t *, const float *, size_t,
                         const float *, size_t, const float *, int, float *, size_t);
  void (*apply)(int, size_t, const float *, float *);
  void (*apply_backward)(int, size_t, const float *, const float *, const float *, float *);
  void (*bias_apply)(int, size_t, size_t, const float *, const float *, float *);
  void (*add)(size_t, const float *, const float *, float *);
  void (*multiply)(size_t, const float *, const float *, float *);
  void (*scale)(size_t, float, const float *, float *);
  void (*column_sums)(size_t, size_t, const float *, float *);
  double (*sum)(size_t, const float *);
  double (*sum_of_squares)(size_t, const float *);
  void (*dense)(size_t, size_t, size_t, const float *, int, const float *, const float *, int, int,
                float *);
  void (*few_outputs)(size_t, size_t, size_t, const float *, const float *, const float *, float *);
  void (*layer_norm)(size_t, size_t, float, const float *, const float *, const float *, float *,
                     float *, float *);
  void (*layer_norm_backward)(size_t, size_t, const float *, const float *, const float *,
                              const float *, const float *, float *, float *, float *);
  void (*neighbour_sum)(size_t, const int32_t *, const int32_t *, const int32_t *, size_t,
                        const float *, const float *, int, float *);
  void (*dropout)(size_t, uint64_t, uint32_t, float, const float *, float *);
  void (*adam_step)(const struct ct_adam *, size_t, const float *, float *, float *, float *);
};

extern const struct ct_table ct_table_portable;
#if defined(__x86_64__)
extern const struct ct_table ct_table_avx2;
extern const struct ct_table ct_table_avx512;
#endif

#endif
