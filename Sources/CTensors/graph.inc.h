// Sums over neighbours, the step of message passing. Part of kernels.inc.h.
//
// A width that is no whole number of vectors ends in a vector that overlaps the one before it: the
// columns do not depend on each other, so computing some of them twice changes nothing.

INLINE void neighbour_block(int function, size_t vectors, size_t first, size_t last,
                            const int32_t *indices, size_t columns, const float *base,
                            const float *messages, float *out) {
  lanes sum[BLOCK];
#pragma unroll
  for (size_t v = 0; v < vectors; v++) sum[v] = base ? load(base + v * WIDTH) : all(0.0f);
  for (size_t k = first; k < last; k++) {
    const float *m = messages + (size_t)indices[k] * columns;
#pragma unroll
    for (size_t v = 0; v < vectors; v++) sum[v] += load(m + v * WIDTH);
  }
#pragma unroll
  for (size_t v = 0; v < vectors; v++) store(out + v * WIDTH, function_lanes(function, sum[v]));
}

INLINE void neighbour_rows(int function, size_t rows, const int32_t *origins,
                           const int32_t *offsets, const int32_t *indices, size_t columns,
                           const float *base, const float *messages, float *out) {
  for (size_t r = 0; r < rows; r++) {
    size_t first = (size_t)offsets[r], last = (size_t)offsets[r + 1], c = 0;
    const float *b = base ? base + (size_t)origins[r] * columns : NULL;
    float *y = out + r * columns;
#define STEP(vectors, c)                                                                           \
  neighbour_block(function, vectors, first, last, indices, columns, b ? b + (c) : NULL,            \
                  messages + (c), y + (c));
    for (; c + BLOCK * WIDTH <= columns; c += BLOCK * WIDTH) { STEP(BLOCK, c) }
    if (c == columns) continue;
    if (columns >= 4 * WIDTH && c + 4 * WIDTH >= columns) {
      STEP(4, columns - 4 * WIDTH)
      continue;
    }
    for (; c + WIDTH <= columns; c += WIDTH) { STEP(1, c) }
    if (c == columns) continue;
    if (columns >= WIDTH) {
      STEP(1, columns - WIDTH)
      continue;
    }
#undef STEP
    lanes sum = b ? load_part(b, columns) : all(0.0f);
    for (size_t k = first; k < last; k++)
      sum += load_part(messages + (size_t)indices[k] * columns, columns);
    store_part(y, columns, function_lanes(function, sum));
  }
}

static void NAME(neighbour_sum)(size_t rows, const int32_t *origins, const int32_t *offsets,
                                const int32_t *indices, size_t columns, const float *base,
                                const float *messages, int function, float *out) {
#define CALL(f) neighbour_rows(f, rows, origins, offsets, indices, columns, base, messages, out);
  FUNCTION_CASES(CALL)
#undef CALL
}
