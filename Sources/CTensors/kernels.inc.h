// The kernels, written once; included three times with NAME giving the suffix of the version.
#include "lanes.h"

// A panel of the dense product is 32 outputs wide, as Swift lays the weights out.
enum { PANEL = 2 };

// For n floats: BODY with a full vector, then once more with the rest. `i` is the position,
// LOAD and STORE do what the place needs.
#define EACH_VECTOR(n, BODY)                                                                       \
  size_t i = 0;                                                                                    \
  for (; i + WIDTH <= (n); i += WIDTH) {                                                           \
    BODY(load, store, )                                                                            \
  }                                                                                                \
  if (i < (n)) {                                                                                   \
    BODY(load_part, store_part, (n) - i)                                                           \
  }

#define COMMA_IF(...) __VA_OPT__(, ) __VA_ARGS__
#define LD(l, p, ...) l((p)COMMA_IF(__VA_ARGS__))
#define ST(s, p, v, ...) s((p)COMMA_IF(__VA_ARGS__), (v))

INLINE void sparse_block(size_t vectors, size_t first, size_t last, const int32_t *indices,
                         const float *values, const float *weights, size_t stride,
                         const float *bias, int function, float *out) {
  lanes sum[BLOCK];
#pragma unroll
  for (size_t v = 0; v < vectors; v++) sum[v] = bias ? load(bias + v * WIDTH) : all(0.0f);
  if (values) {
    for (size_t k = first; k < last; k++) {
      const float *w = weights + (size_t)indices[k] * stride;
      lanes value = all(values[k]);
#pragma unroll
      for (size_t v = 0; v < vectors; v++) sum[v] += value * load(w + v * WIDTH);
    }
  } else {
    for (size_t k = first; k < last; k++) {
      const float *w = weights + (size_t)indices[k] * stride;
#pragma unroll
      for (size_t v = 0; v < vectors; v++) sum[v] += load(w + v * WIDTH);
    }
  }
#pragma unroll
  for (size_t v = 0; v < vectors; v++) store(out + v * WIDTH, function_lanes(function, sum[v]));
}

static void NAME(sparse_product)(size_t rows, const int32_t *offsets, const int32_t *indices,
                                 const float *values, size_t columns, const float *weights,
                                 size_t stride, const float *bias, int function, float *out,
                                 size_t out_stride) {
  for (size_t r = 0; r < rows; r++) {
    size_t first = (size_t)offsets[r], last = (size_t)offsets[r + 1], c = 0;
    float *y = out + r * out_stride;
    for (; c + BLOCK * WIDTH <= columns; c += BLOCK * WIDTH)
      sparse_block(BLOCK, first, last, indices, values, weights + c, stride, bias ? bias + c : NULL,
                   function, y + c);
    for (; c + WIDTH <= columns; c += WIDTH)
      sparse_block(1, first, last, indices, values, weights + c, stride, bias ? bias + c : NULL,
                   function, y + c);
    if (c == columns) continue;
    size_t rest = columns - c;
    lanes sum = bias ? load_part(bias + c, rest) : all(0.0f);
    for (size_t k = first; k < last; k++) {
      lanes w = load_part(weights + (size_t)indices[k] * stride + c, rest);
      sum += values ? all(values[k]) * w : w;
    }
    store_part(y + c, rest, function_lanes(function, sum));
  }
}

#define FUNCTION_CASES(CALL)                                                                       \
  switch (function) {                                                                              \
  case CT_RELU: CALL(CT_RELU) break;                                                               \
  case CT_SILU: CALL(CT_SILU) break;                                                               \
  case CT_SIGMOID: CALL(CT_SIGMOID) break;                                                         \
  case CT_TANH: CALL(CT_TANH) break;                                                               \
  case CT_EXP: CALL(CT_EXP) break;                                                                 \
  default: CALL(CT_IDENTITY) break;                                                                \
  }

INLINE void apply_one(int f, size_t n, const float *x, float *y) {
#define BODY(l, s, ...) ST(s, y + i, function_lanes(f, LD(l, x + i, __VA_ARGS__)), __VA_ARGS__);
  EACH_VECTOR(n, BODY)
#undef BODY
}

static void NAME(apply)(int function, size_t n, const float *x, float *y) {
#define CALL(f) apply_one(f, n, x, y);
  FUNCTION_CASES(CALL)
#undef CALL
}

INLINE void backward_one(int f, size_t n, const float *x, const float *y, const float *g,
                         float *out) {
#define BODY(l, s, ...)                                                                            \
  ST(s, out + i,                                                                                   \
     LD(l, g + i, __VA_ARGS__) *                                                                   \
         derivative_lanes(f, LD(l, x + i, __VA_ARGS__), LD(l, y + i, __VA_ARGS__)),                \
     __VA_ARGS__);
  EACH_VECTOR(n, BODY)
#undef BODY
}

static void NAME(apply_backward)(int function, size_t n, const float *x, const float *y,
                                 const float *g, float *out) {
#define CALL(f) backward_one(f, n, x, y, g, out);
  FUNCTION_CASES(CALL)
#undef CALL
}

INLINE void bias_one(int f, size_t n, const float *x, const float *bias, float *y) {
#define BODY(l, s, ...)                                                                            \
  ST(s, y + i, function_lanes(f, LD(l, x + i, __VA_ARGS__) + LD(l, bias + i, __VA_ARGS__)),        \
     __VA_ARGS__);
  EACH_VECTOR(n, BODY)
#undef BODY
}

static void NAME(bias_apply)(int function, size_t rows, size_t columns, const float *x,
                             const float *bias, float *y) {
#define CALL(f)                                                                                    \
  for (size_t r = 0; r < rows; r++)                                                                \
    bias_one(f, columns, x + r * columns, bias, y + r * columns);
  FUNCTION_CASES(CALL)
#undef CALL
}

static void NAME(add)(size_t n, const float *a, const float *b, float *y) {
#define BODY(l, s, ...)                                                                            \
  ST(s, y + i, LD(l, a + i, __VA_ARGS__) + LD(l, b + i, __VA_ARGS__), __VA_ARGS__);
  EACH_VECTOR(n, BODY)
#undef BODY
}

static void NAME(multiply)(size_t n, const float *a, const float *b, float *y) {
#define BODY(l, s, ...)                                                                            \
  ST(s, y + i, LD(l, a + i, __VA_ARGS__) * LD(l, b + i, __VA_ARGS__), __VA_ARGS__);
  EACH_VECTOR(n, BODY)
#undef BODY
}

static void NAME(scale)(size_t n, float factor, const float *x, float *y) {
#define BODY(l, s, ...) ST(s, y + i, all(factor) * LD(l, x + i, __VA_ARGS__), __VA_ARGS__);
  EACH_VECTOR(n, BODY)
#undef BODY
}

static void NAME(column_sums)(size_t rows, size_t columns, const float *x, float *out) {
  memset(out, 0, columns * sizeof(float));
  for (size_t r = 0; r < rows; r++) NAME(add)(columns, out, x + r * columns, out);
}

// Lane sums are folded into a double every 1,024 floats, so long sums keep their digits.
INLINE double long_sum(int squared, size_t n, const float *x) {
  double total = 0;
  for (size_t start = 0; start < n; start += 1024) {
    const float *p = x + start;
    size_t count = n - start < 1024 ? n - start : 1024;
    lanes sum = all(0.0f);
#define BODY(l, s, ...)                                                                            \
  lanes e = LD(l, p + i, __VA_ARGS__);                                                             \
  sum += squared ? e * e : e;
    EACH_VECTOR(count, BODY)
#undef BODY
    total += sum_lanes(sum);
  }
  return total;
}

static double NAME(sum)(size_t n, const float *x) { return long_sum(0, n, x); }

static double NAME(sum_of_squares)(size_t n, const float *x) { return long_sum(1, n, x); }

static void NAME(few_outputs)(size_t rows, size_t columns, size_t outputs, const float *x,
                              const float *transposed, const float *bias, float *out) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t o = 0; o < outputs; o++) {
      const float *a = x + r * columns, *w = transposed + o * columns;
      lanes sum = all(0.0f);
#define BODY(l, s, ...) sum += LD(l, a + i, __VA_ARGS__) * LD(l, w + i, __VA_ARGS__);
      EACH_VECTOR(columns, BODY)
#undef BODY
      out[r * outputs + o] = sum_lanes(sum) + (bias ? bias[o] : 0.0f);
    }
  }
}

#include "dense.inc.h"
#include "norm.inc.h"
#include "graph.inc.h"

static void NAME(dropout)(size_t n, uint64_t key, uint32_t threshold, float scale, const float *x,
                          float *y) {
  ulanes counter = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
#define BODY(l, s, ...)                                                                            \
  ulanes h = hash_lanes(counter + (uint32_t)i, (uint32_t)key, (uint32_t)(key >> 32));              \
  lanes kept = all(scale) * LD(l, x + i, __VA_ARGS__);                                             \
  ST(s, y + i, choose((ilanes)(h >= threshold), kept, all(0.0f)), __VA_ARGS__);
  EACH_VECTOR(n, BODY)
#undef BODY
}

INLINE void adam_loop(const struct ct_adam *p, int has_gradient, size_t n, const float *g, float *w,
                      float *m, float *v) {
#define BODY(l, s, ...)                                                                            \
  lanes weight = LD(l, w + i, __VA_ARGS__);                                                        \
  lanes slope = all(p->penalty) * weight;                                                          \
  if (has_gradient) slope += all(p->gradient_scale) * LD(l, g + i, __VA_ARGS__);                   \
  lanes first =                                                                                    \
      all(p->beta1) * LD(l, m + i, __VA_ARGS__) + all(1.0f - p->beta1) * slope;                    \
  lanes second =                                                                                   \
      all(p->beta2) * LD(l, v + i, __VA_ARGS__) + all(1.0f - p->beta2) * (slope * slope);          \
  lanes root = __builtin_elementwise_sqrt(second * all(p->correction2));                           \
  lanes step = (first * all(p->rate * p->correction1)) / (root + all(p->epsilon));                 \
  ST(s, m + i, first, __VA_ARGS__);                                                                \
  ST(s, v + i, second, __VA_ARGS__);                                                               \
  ST(s, w + i, weight - all(p->decay) * weight - step, __VA_ARGS__);
  EACH_VECTOR(n, BODY)
#undef BODY
}

static void NAME(adam_step)(const struct ct_adam *plan, size_t n, const float *g, float *w,
                            float *m, float *v) {
  if (g) adam_loop(plan, 1, n, g, w, m, v);
  else adam_loop(plan, 0, n, g, w, m, v);
}
