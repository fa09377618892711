// Copies of a molecule with one atom made unknown.
#include "molecule.h"

#include "crdkit_masking.h"

using crdkit::Refusal;
using crdkit::guarded;

extern "C" crdkit_status crdkit_mask_atom(const crdkit_molecule *molecule, uint32_t index,
                                          crdkit_molecule **masked, crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &source) {
    if (index >= source.getNumAtoms()) throw Refusal{CRDKIT_FAILED, "no such atom"};
    std::unique_ptr<RDKit::RWMol> mol(new RDKit::RWMol(source));
    // Bonds, rings and aromaticity stay as they were perceived: only the element is taken away.
    RDKit::Atom *atom = mol->getAtomWithIdx(index);
    atom->setAtomicNum(0);
    atom->setFormalCharge(0);
    atom->setNumExplicitHs(0);
    atom->setNoImplicit(true);
    atom->setIsotope(0);
    atom->updatePropertyCache(false);
    *masked = new crdkit_molecule(std::move(mol));
  });
}
