// Rearrangements before a dense product: copies only, so no version needs to differ.
#include "CTensors.h"

#include <string.h>

enum { PANEL_WIDTH = 32, BLOCK = 16 };

void ct_transpose(size_t rows, size_t columns, const float *x, float *out) {
  // In blocks whose lines stay in the first cache on both sides.
  for (size_t r0 = 0; r0 < rows; r0 += BLOCK)
    for (size_t c0 = 0; c0 < columns; c0 += BLOCK) {
      size_t r1 = r0 + BLOCK < rows ? r0 + BLOCK : rows;
      size_t c1 = c0 + BLOCK < columns ? c0 + BLOCK : columns;
      for (size_t c = c0; c < c1; c++)
        for (size_t r = r0; r < r1; r++) out[c * rows + r] = x[r * columns + c];
    }
}

void ct_pack_panels(size_t inputs, size_t outputs, const float *weights, float *panels) {
  for (size_t o = 0; o < outputs; o += PANEL_WIDTH) {
    size_t width = outputs - o < PANEL_WIDTH ? outputs - o : PANEL_WIDTH;
    float *panel = panels + o * inputs;
    if (width == PANEL_WIDTH) {
      // A copy of a known length is a few vectors, not a call.
      for (size_t k = 0; k < inputs; k++)
        memcpy(panel + k * PANEL_WIDTH, weights + k * outputs + o, PANEL_WIDTH * sizeof(float));
      continue;
    }
    for (size_t k = 0; k < inputs; k++) {
      memcpy(panel + k * PANEL_WIDTH, weights + k * outputs + o, width * sizeof(float));
      memset(panel + k * PANEL_WIDTH + width, 0, (PANEL_WIDTH - width) * sizeof(float));
    }
  }
}

void ct_pack_panels_transposed(size_t inputs, size_t outputs, const float *weights,
                               float *panels) {
  for (size_t o = 0; o < outputs; o += PANEL_WIDTH) {
    size_t width = outputs - o < PANEL_WIDTH ? outputs - o : PANEL_WIDTH;
    float *panel = panels + o * inputs;
    for (size_t k0 = 0; k0 < inputs; k0 += BLOCK) {
      size_t k1 = k0 + BLOCK < inputs ? k0 + BLOCK : inputs;
      for (size_t c = 0; c < PANEL_WIDTH; c++)
        for (size_t k = k0; k < k1; k++)
          panel[k * PANEL_WIDTH + c] = c < width ? weights[(o + c) * inputs + k] : 0.0f;
    }
  }
}
