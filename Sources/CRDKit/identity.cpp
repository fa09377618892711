// Canonical text, scaffold and standard form.
#include "crdkit_identity.h"

#include "molecule.h"

#include <GraphMol/ChemTransforms/ChemTransforms.h>
#include <GraphMol/MolOps.h>
#include <GraphMol/MolStandardize/Charge.h>
#include <GraphMol/MolStandardize/Fragment.h>
#include <GraphMol/MolStandardize/MolStandardize.h>
#include <GraphMol/MolStandardize/Tautomer.h>
#include <GraphMol/SmilesParse/SmilesWrite.h>

#include <chrono>

using crdkit::Refusal;
using crdkit::guarded;
namespace standardize = RDKit::MolStandardize;
using Molecule = std::unique_ptr<RDKit::RWMol>;

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

// Ends the enumeration of tautomers at a deadline.
class Deadline : public standardize::TautomerEnumeratorCallback {
  using Clock = std::chrono::steady_clock;

 public:
  explicit Deadline(double seconds)
      : end(Clock::now() + std::chrono::duration_cast<Clock::duration>(
                               std::chrono::duration<double>(seconds))) {}
  bool operator()(const RDKit::ROMol &, const standardize::TautomerEnumeratorResult &) override {
    passed = passed || Clock::now() > end;
    return !passed;
  }
  bool passed = false;

 private:
  Clock::time_point end;
};

static Molecule owned(RDKit::ROMol *mol) {
  // RDKit returns an ROMol that it built as one; a copy as RWMol is the documented way.
  const std::unique_ptr<RDKit::ROMol> source(mol);
  return Molecule(new RDKit::RWMol(*source));
}

static Molecule canonical_tautomer(const RDKit::RWMol &mol, const crdkit_standardization &steps) {
  standardize::TautomerEnumerator enumerator;
  enumerator.setMaxTautomers(steps.max_tautomers);
  enumerator.setMaxTransforms(steps.max_transforms);
  auto *deadline = new Deadline(steps.seconds);  // the enumerator owns it
  enumerator.setCallback(deadline);
  const auto tautomers = enumerator.enumerate(mol);
  if (deadline->passed) throw Refusal{CRDKIT_TIMED_OUT, "too many tautomers"};
  return owned(enumerator.pickCanonical(tautomers));
}

extern "C" crdkit_status crdkit_standardize(const crdkit_molecule *molecule,
                                            crdkit_standardization steps,
                                            crdkit_molecule **standard, crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &source) {
    Molecule mol(new RDKit::RWMol(source));
    if (steps.cleanup) mol.reset(standardize::cleanup(*mol));
    if (steps.largest_fragment) {
      standardize::LargestFragmentChooser chooser;
      mol = owned(chooser.choose(*mol));
    }
    if (steps.uncharge) {
      standardize::Uncharger uncharger;
      mol = owned(uncharger.uncharge(*mol));
      // As in RDKit's charge parent: a new charge state may bring a new form to normalise.
      if (steps.cleanup) mol.reset(standardize::cleanup(*mol));
    }
    if (steps.canonical_tautomer) mol = canonical_tautomer(*mol, steps);
    const bool clean = true, force = true, flag_possible = true;
    RDKit::MolOps::assignStereochemistry(*mol, clean, force, flag_possible);
    *standard = new crdkit_molecule(std::move(mol));
  });
}
