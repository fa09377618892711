/// Numbers computed from a molecule.
#ifndef CRDKIT_DESCRIPTORS_H
#define CRDKIT_DESCRIPTORS_H

#include "crdkit_core.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  double weight;            ///< g/mol
  double exact_weight;      ///< Da
  double log_p;             ///< Wildman-Crippen
  double molar_refractivity;
  double tpsa;              ///< Å², N and O only
  double fraction_csp3;
  double labute_asa;        ///< Å²
  uint32_t donors;
  uint32_t acceptors;
  uint32_t rotatable_bonds;
  uint32_t heavy_atoms;
  uint32_t rings;
  uint32_t aromatic_rings;
  uint32_t stereocentres;
  int32_t formal_charge;
} crdkit_descriptors;

crdkit_status crdkit_describe(const crdkit_molecule *molecule, crdkit_descriptors *descriptors,
                              crdkit_text *formula, crdkit_failure *failure);

/// The eight properties that the quantitative estimate of drug-likeness is made of.
typedef struct {
  double weight;
  double log_p;
  double acceptors;
  double donors;
  double tpsa;
  double rotatable_bonds;
  double aromatic_rings;
  double alerts;
} crdkit_qed_properties;

crdkit_status crdkit_qed(const crdkit_molecule *molecule, crdkit_qed_properties *properties,
                         crdkit_failure *failure);

/// What makes a skeleton hard to build.
typedef struct {
  uint32_t atoms;  ///< hydrogens that are atoms of the graph included
  uint32_t stereocentres;
  uint32_t spiro_atoms;
  uint32_t bridgeheads;
  uint32_t macrocycles;  ///< rings of more than eight atoms
} crdkit_complexity;

crdkit_status crdkit_measure_complexity(const crdkit_molecule *molecule,
                                        crdkit_complexity *complexity, crdkit_failure *failure);

/// How many numbers `crdkit_describe_widely` writes.
#define CRDKIT_TABLE_SIZE 177

/// 43 numbers of RDKit's property registry, 12 SlogP_VSA, 10 SMR_VSA, 14 PEOE_VSA, 42 MQN, 8 BCUT2D,
/// 48 centred autocorrelations; NaN where one cannot be computed.
crdkit_status crdkit_describe_widely(const crdkit_molecule *molecule,
                                     double values[CRDKIT_TABLE_SIZE], crdkit_failure *failure);

#ifdef __cplusplus
}
#endif

#endif
