// The pattern fingerprint that rules most patterns out before they are matched.
#include "patterns.h"

#include <DataStructs/BitOps.h>
#include <GraphMol/Fingerprints/Fingerprints.h>

using crdkit::Screen;

Screen::Screen(const RDKit::ROMol &graph) : marks(RDKit::PatternFingerprintMol(graph)) {}

bool Screen::may_contain(const Screen &pattern) const {
  return AllProbeBitsMatch(*pattern.marks, *marks);
}

const Screen &crdkit::marks_of(const crdkit_molecule &molecule) {
  if (!molecule.marks) molecule.marks = std::make_unique<Screen>(*molecule.mol);
  return *molecule.marks;
}

// Here, where Screen is a whole type.
crdkit_molecule::crdkit_molecule(std::unique_ptr<RDKit::RWMol> mol) : mol(std::move(mol)) {}
crdkit_molecule::~crdkit_molecule() = default;
