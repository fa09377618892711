/// Copies of a molecule with one atom made unknown, to ask what that atom contributes.
#ifndef CRDKIT_MASKING_H
#define CRDKIT_MASKING_H

#include "crdkit_core.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A copy in which the atom is a dummy atom without hydrogens; its bonds stay.
crdkit_status crdkit_mask_atom(const crdkit_molecule *molecule, uint32_t atom,
                               crdkit_molecule **masked, crdkit_failure *failure);

#ifdef __cplusplus
}
#endif

#endif
