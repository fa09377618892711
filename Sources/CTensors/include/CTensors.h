// Kernels over contiguous floats: pointers, counts, nothing else.
//
// Every kernel is written once with 16-lane vectors and compiled three times. The order of every
// sum is fixed by the source and contraction to fused multiply-add is off, so the three versions
// give the same bits; a test proves it. `level` picks the version: 0 portable, 1 AVX2, 2 AVX-512.
// A level above what the processor has is the caller's error.
#ifndef CTENSORS_H
#define CTENSORS_H

#include <stddef.h>
#include <stdint.h>

// Elementwise functions. The numbers are shared with Swift.
enum { CT_IDENTITY = 0, CT_RELU = 1, CT_SILU = 2, CT_SIGMOID = 3, CT_TANH = 4, CT_EXP = 5 };

// The highest level this processor has.
int ct_best_level(void);

// out[r][c] = f(bias[c] + sum over k of values[k] * weights[indices[k]][c]), k in row r's range.
// `values` NULL means all ones, `bias` NULL means zero. Strides are in floats, of rows.
void ct_sparse_product(int level, size_t rows, const int32_t *offsets, const int32_t *indices,
                       const float *values, size_t columns, const float *weights,
                       size_t weight_stride, const float *bias, int function, float *out,
                       size_t out_stride);

// y = f(x); in place allowed.
void ct_apply(int level, int function, size_t n, const float *x, float *y);
// out = g * f'(x), given x and y = f(x).
void ct_apply_backward(int level, int function, size_t n, const float *x, const float *y,
                       const float *g, float *out);
// y[r][c] = f(x[r][c] + bias[c]); in place allowed.
void ct_bias_apply(int level, int function, size_t rows, size_t columns, const float *x,
                   const float *bias, float *y);

void ct_add(int level, size_t n, const float *a, const float *b, float *y);
void ct_multiply(int level, size_t n, const float *a, const float *b, float *y);
// y = s * x
void ct_scale(int level, size_t n, float s, const float *x, float *y);
// out[c] = sum over r of x[r][c]
void ct_column_sums(int level, size_t rows, size_t columns, const float *x, float *out);
double ct_sum(int level, size_t n, const float *x);
double ct_sum_of_squares(int level, size_t n, const float *x);

// out[r][o] = f(bias[o] + sum over c of x[r][c] * weight(c, o)), each row apart from all others.
// `panels` holds the weights 32 outputs at a time: [outputs / 32 rounded up][inputs][32], filled up
// with zeros. With `transposed`, x is stored as [inputs][rows]; the result has the same bits. With
// `accumulate`, the sum starts from out[r][o] and the bias is not read.
// The one kernel that uses fused multiply-add: levels 1 and 2 agree to the bit, level 0 nearly.
void ct_dense(int level, size_t rows, size_t inputs, size_t outputs, const float *x,
              int transposed, const float *panels, const float *bias, int accumulate, int function,
              float *out);

// out[c][r] = x[r][c]
void ct_transpose(size_t rows, size_t columns, const float *x, float *out);
// Panels for ct_dense from weights [inputs][outputs], or transposed from [outputs][inputs].
void ct_pack_panels(size_t inputs, size_t outputs, const float *weights, float *panels);
void ct_pack_panels_transposed(size_t inputs, size_t outputs, const float *weights, float *panels);

// out[r][o] = bias[o] + sum over c of x[r][c] * weights[c][o], for few outputs, in an order that
// does not depend on the number of rows. `transposed` is weights as [outputs][columns].
void ct_few_outputs(int level, size_t rows, size_t columns, size_t outputs, const float *x,
                    const float *transposed, const float *bias, float *out);

// Rows to zero mean and unit variance, then gain and bias. Keeps the mean and 1/deviation.
void ct_layer_norm(int level, size_t rows, size_t columns, float epsilon, const float *x,
                   const float *gain, const float *bias, float *y, float *mean, float *inverse);
// dx of the same; gain_gradient and bias_gradient must be zero on entry (they are added to).
void ct_layer_norm_backward(int level, size_t rows, size_t columns, const float *x,
                            const float *gain, const float *mean, const float *inverse,
                            const float *g, float *dx, float *gain_gradient, float *bias_gradient);

// out[r] = f(base[origins[r]] + sum over k of messages[indices[k]]), k in row r's range, all rows of
// `columns` floats. `base` NULL means zeros, and then `origins` is not read.
void ct_neighbour_sum(int level, size_t rows, const int32_t *origins, const int32_t *offsets,
                      const int32_t *indices, size_t columns, const float *base,
                      const float *messages, int function, float *out);

// Keeps element i, scaled, where hash(key, i) >= threshold; zero elsewhere. Its own backward.
void ct_dropout(int level, size_t n, uint64_t key, uint32_t threshold, float scale, const float *x,
                float *y);

struct ct_adam {
  float rate;         // learning rate of this step
  float beta1, beta2; // decay of the moments
  float correction1;  // 1 / (1 - beta1^t)
  float correction2;  // 1 / (1 - beta2^t)
  float epsilon;
  float decay;         // rate * weight decay, taken from the weight itself (AdamW)
  float penalty;       // weight decay added to the gradient (Adam)
  float gradient_scale; // from clipping
};
// One step on n weights; `g` NULL means a gradient of zero.
void ct_adam_step(int level, const struct ct_adam *plan, size_t n, const float *g, float *w,
                  float *m, float *v);

// The positions of the set bits of a row of words, ascending; returns how many. `out` has room.
size_t ct_set_bits(const uint64_t *words, size_t count, int32_t *out);

// 16-bit floats to and from 32 bits (bfloat16 and IEEE half), round to nearest even.
float ct_from_bfloat16(uint16_t bits);
float ct_from_half(uint16_t bits);
uint16_t ct_to_bfloat16(float value);
uint16_t ct_to_half(float value);

#endif
