// The portable version of the kernels.
#include "table.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF
#define NAME(kernel) kernel##_portable
#define TILE 2
#define BLOCK 4
#include "kernels.inc.h"

const struct ct_table ct_table_portable = {
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
