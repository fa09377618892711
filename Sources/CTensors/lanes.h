// Sixteen floats at once, in whatever registers the version being compiled has.
// Included by kernels.inc.h only, inside the target pragma, so that everything inlines.

// Every function over lanes is inlined, so how they would be passed in a call does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float lanes __attribute__((vector_size(64)));
typedef int32_t ilanes __attribute__((vector_size(64)));
typedef uint32_t ulanes __attribute__((vector_size(64)));
enum { WIDTH = 16 };

#define INLINE static inline __attribute__((always_inline))

INLINE lanes load(const float *p) {
  lanes v;
  memcpy(&v, p, sizeof v);
  return v;
}

INLINE void store(float *p, lanes v) { memcpy(p, &v, sizeof v); }

// The first n (< 16) floats, zeros after them.
INLINE lanes load_part(const float *p, size_t n) {
  lanes v = {0};
  memcpy(&v, p, n * sizeof(float));
  return v;
}

INLINE void store_part(float *p, size_t n, lanes v) { memcpy(p, &v, n * sizeof(float)); }

INLINE lanes all(float x) {
  return (lanes){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x};
}

// mask ? a : b, lane by lane; masks are all ones or all zeros.
INLINE lanes choose(ilanes mask, lanes a, lanes b) {
  return (lanes)(((ilanes)a & mask) | ((ilanes)b & ~mask));
}

// The lanes' sum, always in this order.
INLINE float sum_lanes(lanes v) {
  float e[16];
  memcpy(e, &v, sizeof e);
  for (int half = 8; half > 0; half /= 2)
    for (int i = 0; i < half; i++) e[i] += e[i + half];
  return e[0];
}

// e^x by range reduction to [-ln2/2, ln2/2] and a polynomial of degree 6 (Cephes, Moshier 1992);
// within 2 ulp, clamped to finite results.
INLINE lanes exp_lanes(lanes x) {
  x = choose(x > all(88.0f), all(88.0f), x);
  x = choose(x < all(-87.0f), all(-87.0f), x);
  // Adding 1.5 * 2^23 rounds to an integer in the low bits.
  lanes shifted = x * all(1.44269504088896341f) + all(12582912.0f);
  ilanes exponent = (ilanes)shifted - (ilanes)all(12582912.0f);
  lanes n = shifted - all(12582912.0f);
  lanes r = x - n * all(0.693359375f);
  r = r - n * all(-2.12194440e-4f);
  lanes p = all(1.9875691500e-4f);
  p = p * r + all(1.3981999507e-3f);
  p = p * r + all(8.3334519073e-3f);
  p = p * r + all(4.1665795894e-2f);
  p = p * r + all(1.6666665459e-1f);
  p = p * r + all(5.0000001201e-1f);
  p = p * r * r + r + all(1.0f);
  return (lanes)((ilanes)p + (exponent << 23));
}

INLINE lanes sigmoid_lanes(lanes x) { return all(1.0f) / (all(1.0f) + exp_lanes(-x)); }

// 1 - 2 / (e^2x + 1) loses digits near zero; there the odd series is exact to float.
INLINE lanes tanh_lanes(lanes x) {
  lanes square = x * x;
  lanes series = x + x * square *
      (all(-3.33332819422e-1f) + square * (all(1.33314422036e-1f) +
      square * (all(-5.37397155531e-2f) + square * (all(2.06390887954e-2f) +
      square * all(-5.70498872745e-3f)))));
  lanes quotient = all(1.0f) - all(2.0f) / (exp_lanes(x + x) + all(1.0f));
  return choose(square < all(0.390625f), series, quotient);
}

INLINE lanes function_lanes(int function, lanes x) {
  switch (function) {
  case CT_RELU: return choose(x > all(0.0f), x, all(0.0f));
  case CT_SILU: return x * sigmoid_lanes(x);
  case CT_SIGMOID: return sigmoid_lanes(x);
  case CT_TANH: return tanh_lanes(x);
  case CT_EXP: return exp_lanes(x);
  default: return x;
  }
}

// f'(x) from x and y = f(x).
INLINE lanes derivative_lanes(int function, lanes x, lanes y) {
  switch (function) {
  case CT_RELU: return choose(x > all(0.0f), all(1.0f), all(0.0f));
  case CT_SILU: {
    lanes s = sigmoid_lanes(x);
    return s + y * (all(1.0f) - s);
  }
  case CT_SIGMOID: return y * (all(1.0f) - y);
  case CT_TANH: return all(1.0f) - y * y;
  case CT_EXP: return y;
  default: return all(1.0f);
  }
}

// A well-mixing 32-bit hash of a counter ("lowbias32", Wellons 2018), keyed before and between.
INLINE ulanes hash_lanes(ulanes x, uint32_t key1, uint32_t key2) {
  x ^= key1;
  x = (x ^ (x >> 16)) * 0x7feb352dU;
  x = (x ^ (x >> 15)) * 0x846ca68bU;
  x = (x ^ (x >> 16)) + key2;
  x = (x ^ (x >> 16)) * 0x7feb352dU;
  x = (x ^ (x >> 15)) * 0x846ca68bU;
  return x ^ (x >> 16);
}
