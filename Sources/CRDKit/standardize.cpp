// The standard form of a molecule.
#include "crdkit_identity.h"

#include "molecule.h"

#include <GraphMol/MolOps.h>
#include <GraphMol/MolStandardize/Charge.h>
#include <GraphMol/MolStandardize/Fragment.h>
#include <GraphMol/MolStandardize/Metal.h>
#include <GraphMol/MolStandardize/Normalize.h>
#include <GraphMol/MolStandardize/Tautomer.h>

#include <chrono>

using crdkit::Refusal;
using crdkit::guarded;
namespace standardize = RDKit::MolStandardize;
using Molecule = std::unique_ptr<RDKit::RWMol>;

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

// RDKit's `cleanup` parses its tables of transformations anew for every molecule (0.6 ms). The tools
// are kept instead, one set a thread, since their methods are not const.
namespace {
struct Tools {
  standardize::MetalDisconnector metals;
  standardize::Normalizer normalizer;
  standardize::Reionizer reionizer;
  standardize::LargestFragmentChooser chooser;
  standardize::Uncharger uncharger;
};
}  // namespace

static Tools &tools() {
  thread_local Tools kept;
  return kept;
}

// The steps of RDKit's `cleanup`, in its order.
static void clean_up(Molecule &mol) {
  RDKit::MolOps::removeHs(*mol);
  tools().metals.disconnect(*mol);
  const std::unique_ptr<RDKit::ROMol> normalized(tools().normalizer.normalize(*mol));
  mol = owned(tools().reionizer.reionize(*normalized));
  RDKit::MolOps::assignStereochemistry(*mol);
}

static bool is_charged(const RDKit::ROMol &mol) {
  for (const auto atom : mol.atoms()) {
    if (atom->getFormalCharge() != 0) return true;
  }
  return false;
}

// Whether no step but the tautomer can change the molecule: one neutral fragment of the usual
// elements. Every transformation of RDKit's table needs a charge, a metal, phosphorus, a nitrogen
// of five bonds (which sanitising has already refused or charged) or a sulfur of three neighbours.
static bool is_standard_already(const RDKit::ROMol &mol) {
  for (const auto atom : mol.atoms()) {
    if (atom->getFormalCharge() != 0 || atom->getNumRadicalElectrons() != 0) return false;
    const unsigned degree = atom->getDegree();
    switch (atom->getAtomicNum()) {
      case 6: case 7: case 8: break;
      case 9: case 17: case 35: case 53: if (degree > 1) return false; break;
      case 16: if (degree == 3 || degree > 4) return false; break;
      default: return false;
    }
  }
  std::vector<int> fragments;
  return RDKit::MolOps::getMolFrags(mol, fragments) == 1;
}

extern "C" crdkit_status crdkit_standardize(const crdkit_molecule *molecule,
                                            crdkit_standardization steps,
                                            crdkit_molecule **standard, crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &source) {
    Molecule mol(new RDKit::RWMol(source));
    if (!is_standard_already(*mol)) {
      if (steps.cleanup) clean_up(mol);
      if (steps.largest_fragment) mol = owned(tools().chooser.choose(*mol));
      if (steps.uncharge && is_charged(*mol)) {
        mol = owned(tools().uncharger.uncharge(*mol));
        // As in RDKit's charge parent: a new charge state may bring a new form to normalise.
        if (steps.cleanup) clean_up(mol);
      }
    }
    if (steps.canonical_tautomer) mol = canonical_tautomer(*mol, steps);
    const bool clean = true, force = true, flag_possible = true;
    RDKit::MolOps::assignStereochemistry(*mol, clean, force, flag_possible);
    *standard = new crdkit_molecule(std::move(mol));
  });
}
