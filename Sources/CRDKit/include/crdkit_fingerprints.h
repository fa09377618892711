/// Fingerprints: packed bits, counts and the reduced-graph vector.
#ifndef CRDKIT_FINGERPRINTS_H
#define CRDKIT_FINGERPRINTS_H

#include "crdkit_core.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  CRDKIT_MORGAN,
  CRDKIT_FEATURE_MORGAN,
  CRDKIT_MACCS,
  CRDKIT_ATOM_PAIR,
  CRDKIT_TORSION,
  CRDKIT_RDKIT_PATH,
} crdkit_fingerprint_kind;

typedef struct {
  crdkit_fingerprint_kind kind;
  uint32_t bits;    ///< width; MACCS ignores it; 0 asks for unfolded counts
  uint32_t radius;  ///< Morgan only
} crdkit_fingerprint;

/// One feature and how often it occurs.
typedef struct {
  uint32_t id;
  uint32_t count;
} crdkit_feature;

/// Features in ascending order of id, given back to `crdkit_features_release`.
typedef struct {
  const crdkit_feature *items;
  size_t count;
} crdkit_features;

/// Writes the bits; bit i stands in word i / 64 at place i % 64.
crdkit_status crdkit_fingerprint_words(const crdkit_molecule *molecule, crdkit_fingerprint kind,
                                       uint64_t *words, size_t word_count,
                                       crdkit_failure *failure);

crdkit_status crdkit_fingerprint_counts(const crdkit_molecule *molecule, crdkit_fingerprint kind,
                                        crdkit_features *features, crdkit_failure *failure);

enum { CRDKIT_ERG_SIZE = 315 };

/// The extended reduced graph: value 15 * pair + distance - 1, for 21 pairs of 6 feature types.
crdkit_status crdkit_erg(const crdkit_molecule *molecule, double values[CRDKIT_ERG_SIZE],
                         crdkit_failure *failure);

/// A SMILES straight to its Morgan bits: the same as parsing it and asking for them, in a tenth of the
/// time for molecules of the usual kind and in half of it for the others.
crdkit_status crdkit_smiles_to_morgan(const char *bytes, size_t count, crdkit_limits limits,
                                      crdkit_fingerprint kind, uint64_t *words, size_t word_count,
                                      crdkit_failure *failure);

void crdkit_features_release(crdkit_features features);

#ifdef __cplusplus
}
#endif

#endif
