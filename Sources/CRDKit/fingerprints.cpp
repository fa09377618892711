// Fingerprints by RDKit's generators, with the defaults of its Python face.
#include "crdkit_fingerprints.h"

#include "molecule.h"
#include "parse.h"

#include <DataStructs/ExplicitBitVect.h>
#include <DataStructs/SparseIntVect.h>
#include <GraphMol/Fingerprints/AtomPairGenerator.h>
#include <GraphMol/Fingerprints/MACCS.h>
#include <GraphMol/Fingerprints/MorganGenerator.h>
#include <GraphMol/Fingerprints/RDKitFPGenerator.h>
#include <GraphMol/Fingerprints/TopologicalTorsionGenerator.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <vector>

using crdkit::Refusal;
using crdkit::guarded;
using Generator = RDKit::FingerprintGenerator<std::uint64_t>;

static constexpr uint32_t unfolded_width = 2048;  // any: the unfolded counts do not use it

static std::unique_ptr<Generator> generator(crdkit_fingerprint kind) {
  using namespace RDKit;
  const uint32_t bits = kind.bits ? kind.bits : unfolded_width;
  switch (kind.kind) {
    case CRDKIT_MORGAN:
      return std::unique_ptr<Generator>(MorganFingerprint::getMorganGenerator<std::uint64_t>(
          kind.radius, false, false, true, false, nullptr, nullptr, bits));
    case CRDKIT_FEATURE_MORGAN:
      return std::unique_ptr<Generator>(MorganFingerprint::getMorganGenerator<std::uint64_t>(
          kind.radius, false, false, true, false,
          new MorganFingerprint::MorganFeatureAtomInvGenerator(), nullptr, bits, {1, 2, 4, 8},
          true));
    case CRDKIT_ATOM_PAIR:
      return std::unique_ptr<Generator>(AtomPair::getAtomPairGenerator<std::uint64_t>(
          1, AtomPair::maxPathLen - 1, false, true, nullptr, true, bits));
    case CRDKIT_TORSION:
      return std::unique_ptr<Generator>(
          TopologicalTorsion::getTopologicalTorsionGenerator<std::uint64_t>(
              false, 4, nullptr, true, {1, 2, 4, 8}, bits));
    case CRDKIT_RDKIT_PATH:
      return std::unique_ptr<Generator>(RDKitFP::getRDKitFPGenerator<std::uint64_t>(
          1, 7, true, true, true, nullptr, false, {1, 2, 4, 8}, bits));
    default:
      throw Refusal{CRDKIT_FAILED, "this fingerprint has no counts"};
  }
}

void crdkit::write(const ExplicitBitVect &bits, uint64_t *words, size_t word_count) {
  static_assert(sizeof(boost::dynamic_bitset<>::block_type) == 8, "words of 64 bits");
  if (bits.dp_bits->num_blocks() != word_count) {
    throw Refusal{CRDKIT_FAILED, "the buffer has another width than the fingerprint"};
  }
  boost::to_block_range(*bits.dp_bits, words);
}

// The subgraphs of up to 7 bonds grow with the walks of 7 steps, which are cheap to count. Three
// million of them cost about a second; a drug has some ten thousand, a fullerene 131,000.
static void check_paths(const RDKit::ROMol &mol) {
  constexpr double most_walks = 3e6;
  std::vector<double> walks(mol.getNumAtoms(), 1.0), longer(mol.getNumAtoms());
  for (int step = 0; step < 7; ++step) {
    std::fill(longer.begin(), longer.end(), 0.0);
    for (const auto bond : mol.bonds()) {
      longer[bond->getBeginAtomIdx()] += walks[bond->getEndAtomIdx()];
      longer[bond->getEndAtomIdx()] += walks[bond->getBeginAtomIdx()];
    }
    walks.swap(longer);
  }
  if (std::accumulate(walks.begin(), walks.end(), 0.0) > most_walks) {
    throw Refusal{CRDKIT_TOO_COMPLEX, "too many paths of seven bonds"};
  }
}

extern "C" crdkit_status crdkit_fingerprint_words(const crdkit_molecule *molecule,
                                                  crdkit_fingerprint kind, uint64_t *words,
                                                  size_t word_count, crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    if (kind.kind == CRDKIT_RDKIT_PATH) check_paths(mol);
    const std::unique_ptr<ExplicitBitVect> bits(
        kind.kind == CRDKIT_MACCS ? RDKit::MACCSFingerprints::getFingerprintAsBitVect(mol)
                                  : generator(kind)->getFingerprint(mol));
    crdkit::write(*bits, words, word_count);
  });
}

template <typename Index>
static crdkit_features give(const RDKit::SparseIntVect<Index> &counts) {
  const auto &elements = counts.getNonzeroElements();  // a map: ascending already
  auto *items = static_cast<crdkit_feature *>(
      std::malloc(sizeof(crdkit_feature) * (elements.size() + 1)));
  if (!items) throw std::bad_alloc();
  size_t next = 0;
  for (const auto &[id, count] : elements) {
    items[next++] = {static_cast<uint32_t>(id), static_cast<uint32_t>(count)};
  }
  return {items, elements.size()};
}

extern "C" crdkit_status crdkit_fingerprint_counts(const crdkit_molecule *molecule,
                                                   crdkit_fingerprint kind,
                                                   crdkit_features *features,
                                                   crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    if (kind.kind == CRDKIT_RDKIT_PATH) check_paths(mol);
    const auto maker = generator(kind);
    if (kind.bits) {
      const std::unique_ptr<RDKit::SparseIntVect<std::uint32_t>> counts(
          maker->getCountFingerprint(mol));
      *features = give(*counts);
    } else {
      const std::unique_ptr<RDKit::SparseIntVect<std::uint64_t>> counts(
          maker->getSparseCountFingerprint(mol));
      *features = give(*counts);
    }
  });
}

extern "C" void crdkit_features_release(crdkit_features features) {
  std::free(const_cast<crdkit_feature *>(features.items));
}
