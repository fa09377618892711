// Canonical text and scaffold.
#include "crdkit_identity.h"

#include "molecule.h"

#include <GraphMol/ChemTransforms/ChemTransforms.h>
#include <GraphMol/SmilesParse/SmilesWrite.h>

using crdkit::guarded;

extern "C" crdkit_status crdkit_canonical_smiles(const crdkit_molecule *molecule,
                                                 crdkit_text *smiles, crdkit_failure *failure) {
  return guarded(molecule, failure,
                 [&](RDKit::RWMol &mol) { *smiles = crdkit::give(RDKit::MolToSmiles(mol)); });
}

extern "C" crdkit_status crdkit_scaffold_smiles(const crdkit_molecule *molecule,
                                                crdkit_text *smiles, crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    const std::unique_ptr<RDKit::ROMol> scaffold(RDKit::MurckoDecompose(mol));
    const bool stereo = false;
    *smiles = crdkit::give(RDKit::MolToSmiles(*scaffold, stereo));
  });
}
