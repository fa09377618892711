// The numbers of a molecule that RDKit computes without its Python half, as one row.
#include "crdkit_descriptors.h"

#include "molecule.h"

#include <GraphMol/Descriptors/AUTOCORR2D.h>
#include <GraphMol/Descriptors/BCUT.h>
#include <GraphMol/Descriptors/MolDescriptors.h>
#include <GraphMol/Descriptors/Property.h>

#include <algorithm>
#include <limits>
#include <vector>

namespace describe = RDKit::Descriptors;

// Centred autocorrelations stand second of four groups of 48 (Moreau & Broto 1980).
static constexpr size_t autocorrelations = 48;

// Writes one block; a block that RDKit cannot compute (charges of an odd element, eigenvalues of a
// single atom) is missing, and the others stay.
template <typename Compute>
static double *block(double *place, size_t size, Compute compute) {
  std::fill(place, place + size, std::numeric_limits<double>::quiet_NaN());
  try {
    const auto found = compute();
    if (found.size() == size) std::copy(found.begin(), found.end(), place);
  } catch (const std::exception &) {
  }
  return place + size;
}

extern "C" crdkit_status crdkit_describe_widely(const crdkit_molecule *molecule,
                                                double values[CRDKIT_TABLE_SIZE],
                                                crdkit_failure *failure) {
  return crdkit::guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    static const std::vector<std::string> names = {
        "exactmw", "amw", "lipinskiHBA", "lipinskiHBD", "NumRotatableBonds", "NumHBD", "NumHBA",
        "NumHeavyAtoms", "NumAtoms", "NumHeteroatoms", "NumAmideBonds", "FractionCSP3", "NumRings",
        "NumAromaticRings", "NumAliphaticRings", "NumSaturatedRings", "NumHeterocycles",
        "NumAromaticHeterocycles", "NumSaturatedHeterocycles", "NumAliphaticHeterocycles",
        "NumSpiroAtoms", "NumBridgeheadAtoms", "NumAtomStereoCenters",
        "NumUnspecifiedAtomStereoCenters", "labuteASA", "tpsa", "CrippenClogP", "CrippenMR",
        "chi0v", "chi1v", "chi2v", "chi3v", "chi4v", "chi0n", "chi1n", "chi2n", "chi3n", "chi4n",
        "hallKierAlpha", "kappa1", "kappa2", "kappa3", "Phi"};
    static const describe::Properties properties(names);
    double *place = values;
    place = block(place, names.size(), [&] { return properties.computeProperties(mol); });
    place = block(place, 12, [&] { return describe::calcSlogP_VSA(mol); });
    place = block(place, 10, [&] { return describe::calcSMR_VSA(mol); });
    place = block(place, 14, [&] { return describe::calcPEOE_VSA(mol); });
    place = block(place, 42, [&] { return describe::calcMQNs(mol); });
    place = block(place, 8, [&] { return describe::BCUT2D(mol); });
    block(place, autocorrelations, [&] {
      std::vector<double> all;
      describe::AUTOCORR2D(mol, all);
      if (all.size() < 2 * autocorrelations) all.clear();
      else all = {all.begin() + autocorrelations, all.begin() + 2 * autocorrelations};
      return all;
    });
  });
}
