// SMILES straight to a Morgan fingerprint, without the steps that it does not look at.
#include "crdkit_fingerprints.h"

#include "molecule.h"
#include "parse.h"

#include <DataStructs/ExplicitBitVect.h>
#include <GraphMol/Fingerprints/MorganFingerprints.h>
#include <GraphMol/MolOps.h>

using crdkit::guarded;

// A Morgan environment is made of elements, degrees, hydrogens, charges, isotopes, ring membership
// and bond types with aromaticity. None of them needs conjugation, hybridisation, stereo or CIP
// ranks, which are more than a third of RDKit's full parse.
static constexpr unsigned int needed_steps =
    RDKit::MolOps::SANITIZE_CLEANUP | RDKit::MolOps::SANITIZE_PROPERTIES |
    RDKit::MolOps::SANITIZE_SYMMRINGS | RDKit::MolOps::SANITIZE_KEKULIZE |
    RDKit::MolOps::SANITIZE_FINDRADICALS | RDKit::MolOps::SANITIZE_SETAROMATICITY;

// Written hydrogens are folded into their neighbours by the full path before it sanitises; dummy
// atoms may carry queries. Both are rare, so they take the full path.
static bool is_plain(const RDKit::ROMol &mol) {
  for (const auto atom : mol.atoms()) {
    if (atom->getAtomicNum() <= 1 || atom->hasQuery()) return false;
  }
  return true;
}

extern "C" crdkit_status crdkit_smiles_to_morgan(const char *bytes, size_t count,
                                                 crdkit_limits limits, crdkit_fingerprint kind,
                                                 uint64_t *words, size_t word_count,
                                                 crdkit_failure *failure) {
  return guarded(failure, [&] {
    auto mol = crdkit::parse_raw(std::string(bytes, count), limits);
    if (is_plain(*mol)) {
      unsigned int failed_step = 0;
      RDKit::MolOps::sanitizeMol(*mol, failed_step, needed_steps);
    } else {
      crdkit::finish(*mol);
    }
    const std::unique_ptr<ExplicitBitVect> bits(
        RDKit::MorganFingerprints::getFingerprintAsBitVect(*mol, kind.radius, kind.bits));
    crdkit::write(*bits, words, word_count);
  });
}
