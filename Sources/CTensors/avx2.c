// The avx2 version of the kernels.
#include "table.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF
#define NAME(kernel) kernel##_avx2
#define TILE 3
#define FUSED
#define BLOCK 4
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2"))), apply_to = function)
#include "kernels.inc.h"
#pragma clang attribute pop

const struct ct_table ct_table_avx2 = {
    .sparse_product = NAME(sparse_product),
    .apply = NAME(apply),
    .apply_backward = NAME(apply_backward),
    .bias_apply = NAME(bias_apply),
    .add = NAME(add),
    .multiply = NAME(multiply),
    .scale = NAME(scale),
    .column_sums = NAME(column_sums),
    .sum = NAME(sum),
    .sum_of_squares = NAME(sum_of_squares),
    .dense = NAME(dense),
    .few_outputs = NAME(few_outputs),
    .layer_norm = NAME(layer_norm),
    .layer_norm_backward = NAME(layer_norm_backward),
    .neighbour_sum = NAME(neighbour_sum),
    .dropout = NAME(dropout),
    .adam_step = NAME(adam_step),
};
#endif
