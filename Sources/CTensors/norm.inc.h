// Layer normalisation (Ba, Kiros & Hinton 2016), one row after another. Part of kernels.inc.h.

static void NAME(layer_norm)(size_t rows, size_t columns, float epsilon, const float *x,
                             const float *gain, const float *bias, float *y, float *mean,
                             float *inverse) {
  for (size_t r = 0; r < rows; r++) {
    const float *a = x + r * columns;
    float *b = y + r * columns;
    float m = (float)(NAME(sum)(columns, a) / (double)columns);
    // Deviations are squared in a second pass: the difference of two large sums would cancel.
#define BODY(l, s, ...) ST(s, b + i, LD(l, a + i, __VA_ARGS__) - all(m), __VA_ARGS__);
    { EACH_VECTOR(columns, BODY) }
#undef BODY
    double variance = NAME(sum_of_squares)(columns, b) / (double)columns;
    float scale = (float)(1.0 / __builtin_sqrt(variance + (double)epsilon));
    mean[r] = m;
    inverse[r] = scale;
#define BODY(l, s, ...)                                                                            \
  ST(s, b + i,                                                                                     \
     LD(l, b + i, __VA_ARGS__) * all(scale) * LD(l, gain + i, __VA_ARGS__) +                       \
         LD(l, bias + i, __VA_ARGS__),                                                             \
     __VA_ARGS__);
    { EACH_VECTOR(columns, BODY) }
#undef BODY
  }
}

// With h = (x - mean) * inverse and t = g * gain:
// dx = inverse * (t - mean(t) - h * mean(t * h)), dgain = sum of g * h, dbias = sum of g.
static void NAME(layer_norm_backward)(size_t rows, size_t columns, const float *x,
                                      const float *gain, const float *mean, const float *inverse,
                                      const float *g, float *dx, float *gain_gradient,
                                      float *bias_gradient) {
  for (size_t r = 0; r < rows; r++) {
    const float *a = x + r * columns, *up = g + r * columns;
    float *out = dx + r * columns;
    lanes sum = all(0.0f), dot = all(0.0f);
#define BODY(l, s, ...)                                                                            \
  lanes h = (LD(l, a + i, __VA_ARGS__) - all(mean[r])) * all(inverse[r]);                          \
  lanes slope = LD(l, up + i, __VA_ARGS__);                                                        \
  lanes t = slope * LD(l, gain + i, __VA_ARGS__);                                                  \
  sum += t;                                                                                        \
  dot += t * h;                                                                                    \
  ST(s, gain_gradient + i, LD(l, gain_gradient + i, __VA_ARGS__) + slope * h, __VA_ARGS__);        \
  ST(s, bias_gradient + i, LD(l, bias_gradient + i, __VA_ARGS__) + slope, __VA_ARGS__);
    { EACH_VECTOR(columns, BODY) }
#undef BODY
    float share = sum_lanes(sum) / (float)columns, slant = sum_lanes(dot) / (float)columns;
#define BODY(l, s, ...)                                                                            \
  lanes h = (LD(l, a + i, __VA_ARGS__) - all(mean[r])) * all(inverse[r]);                          \
  lanes t = LD(l, up + i, __VA_ARGS__) * LD(l, gain + i, __VA_ARGS__);                             \
  ST(s, out + i, all(inverse[r]) * (t - all(share) - h * all(slant)), __VA_ARGS__);
    { EACH_VECTOR(columns, BODY) }
#undef BODY
  }
}
