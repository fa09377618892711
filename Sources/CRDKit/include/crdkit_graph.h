/// A molecule as a graph: the facts about each atom and bond that a message-passing network reads.
#ifndef CRDKIT_GRAPH_H
#define CRDKIT_GRAPH_H

#include "crdkit_core.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  CRDKIT_CHIRALITY_NONE,
  CRDKIT_CHIRALITY_CLOCKWISE,
  CRDKIT_CHIRALITY_COUNTERCLOCKWISE,
  CRDKIT_CHIRALITY_UNKNOWN,
  CRDKIT_CHIRALITY_HIGHER,  ///< a class beyond the tetrahedron
};

enum {
  CRDKIT_HYBRIDIZATION_NONE,
  CRDKIT_HYBRIDIZATION_S,
  CRDKIT_HYBRIDIZATION_SP,
  CRDKIT_HYBRIDIZATION_SP2,
  CRDKIT_HYBRIDIZATION_SP2D,
  CRDKIT_HYBRIDIZATION_SP3,
  CRDKIT_HYBRIDIZATION_SP3D,
  CRDKIT_HYBRIDIZATION_SP3D2,
  CRDKIT_HYBRIDIZATION_OTHER,
};

enum {
  CRDKIT_BOND_SINGLE,
  CRDKIT_BOND_DOUBLE,
  CRDKIT_BOND_TRIPLE,
  CRDKIT_BOND_AROMATIC,
  CRDKIT_BOND_OTHER,  ///< dative, quadruple and rarer kinds
};

enum {
  CRDKIT_STEREO_NONE,
  CRDKIT_STEREO_ANY,
  CRDKIT_STEREO_Z,
  CRDKIT_STEREO_E,
  CRDKIT_STEREO_CIS,
  CRDKIT_STEREO_TRANS,
  CRDKIT_STEREO_OTHER,
};

typedef struct {
  float mass;             ///< Da; of the isotope where one is named
  int16_t charge;         ///< e
  uint8_t element;        ///< atomic number; 0 for a dummy atom
  uint8_t degree;         ///< neighbours, hydrogens that are no atoms of the graph included
  uint8_t hydrogens;      ///< hydrogens that are no atoms of the graph
  uint8_t chirality;
  uint8_t hybridization;
  uint8_t is_aromatic;
} crdkit_graph_atom;

typedef struct {
  uint32_t begin, end;  ///< atoms
  uint8_t kind;
  uint8_t stereo;
  uint8_t is_conjugated;
  uint8_t is_in_ring;
} crdkit_graph_bond;

uint32_t crdkit_bond_count(const crdkit_molecule *molecule);

/// Writes every atom and every bond; the counts must be the molecule's.
crdkit_status crdkit_graph(const crdkit_molecule *molecule, crdkit_graph_atom *atoms,
                           size_t atom_count, crdkit_graph_bond *bonds, size_t bond_count,
                           crdkit_failure *failure);

#ifdef __cplusplus
}
#endif

#endif
