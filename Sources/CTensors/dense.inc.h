// The dense product. Part of kernels.inc.h.
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

// The last vector of a row may be cut. A copy of a length known only at run time is a call, so the
// whole vectors must not go through it.
INLINE lanes load_cut(const float *p, size_t n) { return n == WIDTH ? load(p) : load_part(p, n); }

INLINE void store_cut(float *p, size_t n, lanes v) {
  if (n == WIDTH) store(p, v);
  else store_part(p, n, v);
}

// `count` rows by `vectors` vectors of one panel. Element k of row r stands at
// x[r * row_stride + k * input_stride].
INLINE void dense_tile(size_t count, size_t vectors, size_t inputs, const float *x,
                       size_t row_stride, size_t input_stride, const float *panel,
                       const float *bias, int accumulate, int function, float *out, size_t stride,
                       size_t width) {
  lanes sum[TILE][PANEL];
  size_t cut = width - (vectors - 1) * WIDTH;
#pragma unroll
  for (size_t r = 0; r < count; r++)
#pragma unroll
    for (size_t v = 0; v < vectors; v++)
      sum[r][v] = load_cut(accumulate ? out + r * stride + v * WIDTH : bias + v * WIDTH,
                           v + 1 < vectors ? WIDTH : cut);
  for (size_t k = 0; k < inputs; k++) {
    lanes w[PANEL];
#pragma unroll
    for (size_t v = 0; v < vectors; v++) w[v] = load(panel + (k * PANEL + v) * WIDTH);
#pragma unroll
    for (size_t r = 0; r < count; r++) {
      lanes a = all(x[r * row_stride + k * input_stride]);
#pragma unroll
      for (size_t v = 0; v < vectors; v++) sum[r][v] = multiply_add(a, w[v], sum[r][v]);
    }
  }
#pragma unroll
  for (size_t r = 0; r < count; r++)
#pragma unroll
    for (size_t v = 0; v < vectors; v++)
      store_cut(out + r * stride + v * WIDTH, v + 1 < vectors ? WIDTH : cut,
                function_lanes(function, sum[r][v]));
}

// All rows by one panel; rows that do not fill a tile go in ever smaller ones.
INLINE void dense_panel(size_t vectors, size_t rows, size_t inputs, const float *x,
                        size_t row_stride, size_t input_stride, const float *panel,
                        const float *bias, int accumulate, int function, float *out,
                        size_t stride, size_t width) {
  size_t r = 0;
#define ROWS(count)                                                                                \
  for (; r + (count) <= rows; r += (count))                                                        \
    dense_tile(count, vectors, inputs, x + r * row_stride, row_stride, input_stride, panel, bias,  \
               accumulate, function, out + r * stride, stride, width);
  ROWS(TILE)
#if TILE > 8
  ROWS(8)
#endif
#if TILE > 4
  ROWS(4)
#endif
#if TILE > 2
  ROWS(2)
#endif
  ROWS(1)
#undef ROWS
}

static void NAME(dense)(size_t rows, size_t inputs, size_t outputs, const float *x, int transposed,
                        const float *panels, const float *bias, int accumulate, int function,
                        float *out) {
  for (size_t c = 0; c < outputs; c += PANEL * WIDTH) {
    size_t width = outputs - c < PANEL * WIDTH ? outputs - c : PANEL * WIDTH;
    const float *panel = panels + c * inputs;
#define PANEL_OF(vectors, row_stride, input_stride)                                                \
  dense_panel(vectors, rows, inputs, x, row_stride, input_stride, panel, bias + c, accumulate,     \
              function, out + c, outputs, width);
    if (width > WIDTH) {
      if (transposed) PANEL_OF(2, 1, rows)
      else PANEL_OF(2, inputs, 1)
    } else {
      if (transposed) PANEL_OF(1, 1, rows)
      else PANEL_OF(1, inputs, 1)
    }
#undef PANEL_OF
  }
}
