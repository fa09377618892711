// The C faces of OpenBLAS (matrix products) and LAPACKE (factorisations). Nothing else.
#ifndef COPENBLAS_SHIM_H
#define COPENBLAS_SHIM_H

#include <cblas.h>
#include <lapacke.h>

#endif
