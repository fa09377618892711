#define TARGET
#define STEPS clustering_portable

#include "clustering.h"
