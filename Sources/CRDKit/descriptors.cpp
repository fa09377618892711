// Numbers computed from a molecule.
#include "crdkit_descriptors.h"

#include "molecule.h"

#include <GraphMol/Descriptors/MolDescriptors.h>
#include <GraphMol/MolOps.h>

namespace describe = RDKit::Descriptors;

extern "C" crdkit_status crdkit_describe(const crdkit_molecule *molecule,
                                         crdkit_descriptors *descriptors, crdkit_text *formula,
                                         crdkit_failure *failure) {
  return crdkit::guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    crdkit_descriptors values{};
    values.weight = describe::calcAMW(mol);
    values.exact_weight = describe::calcExactMW(mol);
    describe::calcCrippenDescriptors(mol, values.log_p, values.molar_refractivity);
    values.tpsa = describe::calcTPSA(mol);
    values.fraction_csp3 = describe::calcFractionCSP3(mol);
    values.labute_asa = describe::calcLabuteASA(mol);
    values.donors = describe::calcNumHBD(mol);
    values.acceptors = describe::calcNumHBA(mol);
    values.rotatable_bonds = describe::calcNumRotatableBonds(mol);
    values.heavy_atoms = mol.getNumHeavyAtoms();
    values.rings = describe::calcNumRings(mol);
    values.aromatic_rings = describe::calcNumAromaticRings(mol);
    values.stereocentres = describe::numAtomStereoCenters(mol);
    values.formal_charge = RDKit::MolOps::getFormalCharge(mol);
    *descriptors = values;
    *formula = crdkit::give(describe::calcMolFormula(mol));
  });
}

extern "C" crdkit_status crdkit_measure_complexity(const crdkit_molecule *molecule,
                                                   crdkit_complexity *complexity,
                                                   crdkit_failure *failure) {
  return crdkit::guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    crdkit_complexity values{};
    values.atoms = mol.getNumAtoms();
    for (const auto atom : mol.atoms()) {
      values.stereocentres += atom->hasProp(RDKit::common_properties::_CIPCode) ||
                              atom->hasProp(RDKit::common_properties::_ChiralityPossible);
    }
    values.spiro_atoms = describe::calcNumSpiroAtoms(mol);
    values.bridgeheads = describe::calcNumBridgeheadAtoms(mol);
    for (const auto &ring : mol.getRingInfo()->atomRings()) values.macrocycles += ring.size() > 8;
    *complexity = values;
  });
}
