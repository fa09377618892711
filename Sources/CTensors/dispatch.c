// The exported kernels: each hands its arguments to the version asked for.
#include "table.h"

static const struct ct_table *table(int level) {
#if defined(__x86_64__)
  if (level >= 2) return &ct_table_avx512;
  if (level == 1) return &ct_table_avx2;
#else
  (void)level;
#endif
  return &ct_table_portable;
}

int ct_best_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  int two = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
            __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  if (two && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
    return 2;
  if (two) return 1;
#endif
  return 0;
}

void ct_sparse_product(int level, size_t rows, const int32_t *offsets, const int32_t *indices,
                       const float *values, size_t columns, const float *weights,
                       size_t weight_stride, const float *bias, int function, float *out,
                       size_t out_stride) {
  table(level)->sparse_product(rows, offsets, indices, values, columns, weights, weight_stride,
                               bias, function, out, out_stride);
}

void ct_apply(int level, int function, size_t n, const float *x, float *y) {
  table(level)->apply(function, n, x, y);
}

void ct_apply_backward(int level, int function, size_t n, const float *x, const float *y,
                       const float *g, float *out) {
  table(level)->apply_backward(function, n, x, y, g, out);
}

void ct_bias_apply(int level, int function, size_t rows, size_t columns, const float *x,
                   const float *bias, float *y) {
  table(level)->bias_apply(function, rows, columns, x, bias, y);
}

void ct_add(int level, size_t n, const float *a, const float *b, float *y) {
  table(level)->add(n, a, b, y);
}

void ct_multiply(int level, size_t n, const float *a, const float *b, float *y) {
  table(level)->multiply(n, a, b, y);
}

void ct_scale(int level, size_t n, float s, const float *x, float *y) {
  table(level)->scale(n, s, x, y);
}

void ct_column_sums(int level, size_t rows, size_t columns, const float *x, float *out) {
  table(level)->column_sums(rows, columns, x, out);
}

double ct_sum(int level, size_t n, const float *x) { return table(level)->sum(n, x); }

double ct_sum_of_squares(int level, size_t n, const float *x) {
  return table(level)->sum_of_squares(n, x);
}

void ct_dense(int level, size_t rows, size_t inputs, size_t outputs, const float *x,
              int transposed, const float *panels, const float *bias, int accumulate, int function,
              float *out) {
  table(level)->dense(rows, inputs, outputs, x, transposed, panels, bias, accumulate, function,
                      out);
}

void ct_few_outputs(int level, size_t rows, size_t columns, size_t outputs, const float *x,
                    const float *transposed, const float *bias, float *out) {
  table(level)->few_outputs(rows, columns, outputs, x, transposed, bias, out);
}

void ct_layer_norm(int level, size_t rows, size_t columns, float epsilon, const float *x,
                   const float *gain, const float *bias, float *y, float *mean, float *inverse) {
  table(level)->layer_norm(rows, columns, epsilon, x, gain, bias, y, mean, inverse);
}

void ct_layer_norm_backward(int level, size_t rows, size_t columns, const float *x,
                            const float *gain, const float *mean, const float *inverse,
                            const float *g, float *dx, float *gain_gradient,
                            float *bias_gradient) {
  table(level)->layer_norm_backward(rows, columns, x, gain, mean, inverse, g, dx, gain_gradient,
                                    bias_gradient);
}

void ct_neighbour_sum(int level, size_t rows, const int32_t *origins, const int32_t *offsets,
                      const int32_t *indices, size_t columns, const float *base,
                      const float *messages, int function, float *out) {
  table(level)->neighbour_sum(rows, origins, offsets, indices, columns, base, messages, function,
                              out);
}

void ct_dropout(int level, size_t n, uint64_t key, uint32_t threshold, float scale, const float *x,
                float *y) {
  table(level)->dropout(n, key, threshold, scale, x, y);
}

void ct_adam_step(int level, const struct ct_adam *plan, size_t n, const float *g, float *w,
                  float *m, float *v) {
  table(level)->adam_step(plan, n, g, w, m, v);
}
