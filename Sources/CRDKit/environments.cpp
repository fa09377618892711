// How far around its atoms a molecule has the circular environments of a fingerprint.
#include "molecule.h"

#include "crdkit_environments.h"

#include <GraphMol/Fingerprints/MorganGenerator.h>

#include <algorithm>
#include <memory>
#include <vector>

using crdkit::Refusal;
using crdkit::guarded;

// Raises the radius of the atoms at most `reach` bonds from `centre`.
static void raise(const RDKit::ROMol &mol, uint32_t centre, uint32_t reach, uint8_t *radii) {
  std::vector<bool> seen(mol.getNumAtoms());
  std::vector<uint32_t> shell{centre}, next;
  seen[centre] = true;
  for (uint32_t step = 0;; ++step) {
    for (const uint32_t atom : shell) radii[atom] = std::max<uint8_t>(radii[atom], reach);
    if (step == reach) return;
    next.clear();
    for (const uint32_t atom : shell) {
      for (const auto neighbour : mol.atomNeighbors(mol.getAtomWithIdx(atom))) {
        if (seen[neighbour->getIdx()]) continue;
        seen[neighbour->getIdx()] = true;
        next.push_back(neighbour->getIdx());
      }
    }
    shell.swap(next);
  }
}

extern "C" crdkit_status crdkit_shared_radii(const crdkit_molecule *molecule, uint32_t radius,
                                             uint32_t bits, const uint64_t *words,
                                             size_t word_count, uint8_t *radii,
                                             size_t atom_count, crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    if (bits == 0 || radius > UINT8_MAX || word_count != (bits + 63) / 64 || atom_count != mol.getNumAtoms()) {
      throw Refusal{CRDKIT_FAILED, "the buffers do not fit the molecule and the fingerprint"};
    }
    std::fill_n(radii, atom_count, 0);
    const std::unique_ptr<RDKit::FingerprintGenerator<std::uint64_t>> generator(
        RDKit::MorganFingerprint::getMorganGenerator<std::uint64_t>(
            radius, false, false, true, false, nullptr, nullptr, bits));
    RDKit::AdditionalOutput output;
    output.allocateBitInfoMap();
    const std::unique_ptr<ExplicitBitVect> own(
        generator->getFingerprint(mol, nullptr, nullptr, -1, &output));
    for (const auto &[id, places] : *output.bitInfoMap) {
      const uint64_t bit = id % bits;
      if (!(words[bit / 64] >> (bit % 64) & 1)) continue;
      for (const auto &[atom, reach] : places) {
        if (reach > 0) raise(mol, atom, reach, radii);
      }
    }
  });
}
