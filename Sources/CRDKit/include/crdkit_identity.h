/// Who a molecule is: its texts, its scaffold and its standard form.
#ifndef CRDKIT_IDENTITY_H
#define CRDKIT_IDENTITY_H

#include <stdbool.h>

#include "crdkit_core.h"

#ifdef __cplusplus
extern "C" {
#endif

crdkit_status crdkit_canonical_smiles(const crdkit_molecule *molecule, crdkit_text *smiles,
                                      crdkit_failure *failure);

/// The Murcko scaffold's SMILES without stereo marks; empty where there is no ring.
crdkit_status crdkit_scaffold_smiles(const crdkit_molecule *molecule, crdkit_text *smiles,
                                     crdkit_failure *failure);

/// The standard InChI; fails for dummy atoms, dative bonds and more than 1,023 atoms.
crdkit_status crdkit_inchi(const crdkit_molecule *molecule, crdkit_text *inchi,
                           crdkit_failure *failure);

/// The 27 characters of the key of a standard InChI.
crdkit_status crdkit_inchi_key(const char *inchi, crdkit_text *key, crdkit_failure *failure);

/// The steps of standardising, taken in this order.
typedef struct {
  bool cleanup;           ///< RDKit's cleanup: split metals, normalise, reionise
  bool largest_fragment;
  bool uncharge;
  bool canonical_tautomer;
  uint32_t max_tautomers;
  uint32_t max_transforms;
  double seconds;         ///< time for the tautomers
} crdkit_standardization;

crdkit_status crdkit_standardize(const crdkit_molecule *molecule, crdkit_standardization steps,
                                 crdkit_molecule **standard, crdkit_failure *failure);

#ifdef __cplusplus
}
#endif

#endif
