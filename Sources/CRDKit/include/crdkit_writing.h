/// Molecules for readers: pictures and mol blocks.
#ifndef CRDKIT_WRITING_H
#define CRDKIT_WRITING_H

#include "crdkit_core.h"

#ifdef __cplusplus
extern "C" {
#endif

/// An `<svg>` element with the given atoms highlighted; atoms beyond the molecule are refused.
crdkit_status crdkit_draw(const crdkit_molecule *molecule, uint32_t width, uint32_t height,
                          const int32_t *highlighted, size_t highlighted_count, crdkit_text *svg,
                          crdkit_failure *failure);

/// A V2000 block (V3000 beyond its bounds) with computed 2D coordinates and the title.
crdkit_status crdkit_molblock(const crdkit_molecule *molecule, const char *title,
                              crdkit_text *block, crdkit_failure *failure);

#ifdef __cplusplus
}
#endif

#endif
