// The dense product of prediction. Part of kernels.inc.h.
//
// Every output is one chain of multiply-adds in the order of the inputs, started from its bias, so a
// row's result cannot depend on the rows beside it. BLAS gives no such promise: its edge tiles add
// in another order. Contracted to fused multiply-add where the version has it: AVX2 and AVX-512
// agree to the bit, the portable version within rounding.

INLINE lanes multiply_add(lanes a, lanes b, lanes c) {
#ifdef FUSED
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}

// `count` rows by one panel of PANEL vectors.
INLINE void dense_tile(size_t count, size_t inputs, const float *x, const float *panel,
                       const float *bias, int accumulate, int function, float *out, size_t stride,
                       size_t width) {
  lanes sum[TILE][PANEL];
#pragma unroll
  for (size_t r = 0; r < count; r++)
#pragma unroll
    for (size_t v = 0; v < PANEL; v++) {
      size_t left = width > v * WIDTH ? width - v * WIDTH : 0;
      if (left > WIDTH) left = WIDTH;
      sum[r][v] = load_part(accumulate ? out + r * stride + v * WIDTH : bias + v * WIDTH, left);
    }
  for (size_t k = 0; k < inputs; k++) {
    lanes w[PANEL];
#pragma unroll
    for (size_t v = 0; v < PANEL; v++) w[v] = load(panel + (k * PANEL + v) * WIDTH);
#pragma unroll
    for (size_t r = 0; r < count; r++) {
      lanes a = all(x[r * inputs + k]);
#pragma unroll
      for (size_t v = 0; v < PANEL; v++) sum[r][v] = multiply_add(a, w[v], sum[r][v]);
    }
  }
#pragma unroll
  for (size_t r = 0; r < count; r++)
#pragma unroll
    for (size_t v = 0; v < PANEL; v++) {
      if (width <= v * WIDTH) continue;
      size_t left = width - v * WIDTH;
      store_part(out + r * stride + v * WIDTH, left > WIDTH ? WIDTH : left,
                 function_lanes(function, sum[r][v]));
    }
}

static void NAME(dense)(size_t rows, size_t inputs, size_t outputs, const float *x,
                        const float *panels, const float *bias, int accumulate, int function,
                        float *out) {
  for (size_t c = 0; c < outputs; c += PANEL * WIDTH) {
    size_t width = outputs - c < PANEL * WIDTH ? outputs - c : PANEL * WIDTH;
    const float *panel = panels + c * inputs, *b = bias + c;
    size_t r = 0;
    for (; r + TILE <= rows; r += TILE)
      dense_tile(TILE, inputs, x + r * inputs, panel, b, accumulate, function, out + r * outputs + c,
                 outputs, width);
    for (; r < rows; r++)
      dense_tile(1, inputs, x + r * inputs, panel, b, accumulate, function, out + r * outputs + c,
                 outputs, width);
  }
}
