// A molecule as a graph: the facts about each atom and bond that a message-passing network reads.
#include "molecule.h"

#include "crdkit_graph.h"

#include <GraphMol/RingInfo.h>

#include <algorithm>
#include <mutex>

using RDKit::Atom;
using RDKit::Bond;
using crdkit::Refusal;
using crdkit::guarded;

// RDKit's numbers have changed between versions; ours do not.
static uint8_t chirality(const Atom &atom) {
  switch (atom.getChiralTag()) {
    case Atom::CHI_UNSPECIFIED: return CRDKIT_CHIRALITY_NONE;
    case Atom::CHI_TETRAHEDRAL_CW: return CRDKIT_CHIRALITY_CLOCKWISE;
    case Atom::CHI_TETRAHEDRAL_CCW: return CRDKIT_CHIRALITY_COUNTERCLOCKWISE;
    case Atom::CHI_OTHER: return CRDKIT_CHIRALITY_UNKNOWN;
    default: return CRDKIT_CHIRALITY_HIGHER;
  }
}

static uint8_t hybridization(const Atom &atom) {
  switch (atom.getHybridization()) {
    case Atom::UNSPECIFIED: return CRDKIT_HYBRIDIZATION_NONE;
    case Atom::S: return CRDKIT_HYBRIDIZATION_S;
    case Atom::SP: return CRDKIT_HYBRIDIZATION_SP;
    case Atom::SP2: return CRDKIT_HYBRIDIZATION_SP2;
    case Atom::SP2D: return CRDKIT_HYBRIDIZATION_SP2D;
    case Atom::SP3: return CRDKIT_HYBRIDIZATION_SP3;
    case Atom::SP3D: return CRDKIT_HYBRIDIZATION_SP3D;
    case Atom::SP3D2: return CRDKIT_HYBRIDIZATION_SP3D2;
    default: return CRDKIT_HYBRIDIZATION_OTHER;
  }
}

static uint8_t kind(const Bond &bond) {
  switch (bond.getBondType()) {
    case Bond::SINGLE: return CRDKIT_BOND_SINGLE;
    case Bond::DOUBLE: return CRDKIT_BOND_DOUBLE;
    case Bond::TRIPLE: return CRDKIT_BOND_TRIPLE;
    case Bond::AROMATIC: return CRDKIT_BOND_AROMATIC;
    default: return CRDKIT_BOND_OTHER;
  }
}

static uint8_t stereo(const Bond &bond) {
  switch (bond.getStereo()) {
    case Bond::STEREONONE: return CRDKIT_STEREO_NONE;
    case Bond::STEREOANY: return CRDKIT_STEREO_ANY;
    case Bond::STEREOZ: return CRDKIT_STEREO_Z;
    case Bond::STEREOE: return CRDKIT_STEREO_E;
    case Bond::STEREOCIS: return CRDKIT_STEREO_CIS;
    case Bond::STEREOTRANS: return CRDKIT_STEREO_TRANS;
    default: return CRDKIT_STEREO_OTHER;
  }
}

static uint8_t narrow(unsigned int count) {
  return static_cast<uint8_t>(std::min(count, 255u));
}

extern "C" uint32_t crdkit_bond_count(const crdkit_molecule *molecule) {
  std::lock_guard<std::mutex> hold(molecule->lock);
  return molecule->mol->getNumBonds();
}

extern "C" crdkit_status crdkit_graph(const crdkit_molecule *molecule, crdkit_graph_atom *atoms,
                                      size_t atom_count, crdkit_graph_bond *bonds,
                                      size_t bond_count, crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    if (atom_count != mol.getNumAtoms() || bond_count != mol.getNumBonds()) {
      throw Refusal{CRDKIT_FAILED, "the buffers do not fit the molecule"};
    }
    for (const auto atom : mol.atoms()) {
      atoms[atom->getIdx()] = {
          static_cast<float>(atom->getMass()),
          static_cast<int16_t>(atom->getFormalCharge()),
          narrow(static_cast<unsigned int>(atom->getAtomicNum())),
          narrow(atom->getTotalDegree()),
          narrow(atom->getTotalNumHs()),
          chirality(*atom),
          hybridization(*atom),
          atom->getIsAromatic(),
      };
    }
    const auto rings = mol.getRingInfo();
    for (const auto bond : mol.bonds()) {
      bonds[bond->getIdx()] = {
          bond->getBeginAtomIdx(), bond->getEndAtomIdx(),     kind(*bond), stereo(*bond),
          bond->getIsConjugated(), rings->numBondRings(bond->getIdx()) > 0,
      };
    }
  });
}
