// SMILES straight to a Morgan fingerprint, without the steps that it does not look at.
#include "crdkit_fingerprints.h"

#include "molecule.h"
#include "parse.h"
#include "quick_graph.h"

#include <DataStructs/ExplicitBitVect.h>
#include <GraphMol/Fingerprints/MorganFingerprints.h>

#include <algorithm>

using crdkit::guarded;

// Whether the quick path could do it all; if not, `words` is as it was.
static bool is_done_quickly(const char *bytes, size_t count, crdkit_limits limits,
                            crdkit_fingerprint kind, uint64_t *words, size_t word_count) {
  using namespace crdkit::quick;
  if (kind.radius > most_radius || kind.bits == 0 || (kind.bits + 63) / 64 != word_count) {
    return false;
  }
  Graph graph;
  if (!parse(bytes, count, graph) || !find_rings(graph) || !find_kekule_form(graph) ||
      !find_aromaticity(graph)) {
    return false;
  }
  if (static_cast<uint32_t>(graph.atom_count) > limits.atoms) return false;
  if (static_cast<uint32_t>(graph.ring_count) > limits.rings) return false;
  std::fill(words, words + word_count, 0);
  morgan_bits(graph, kind.radius, kind.bits, words);
  return true;
}

extern "C" crdkit_status crdkit_smiles_to_morgan(const char *bytes, size_t count,
                                                 crdkit_limits limits, crdkit_fingerprint kind,
                                                 uint64_t *words, size_t word_count,
                                                 crdkit_failure *failure) {
  if (is_done_quickly(bytes, count, limits, kind, words, word_count)) return CRDKIT_OK;
  return guarded(failure, [&] {
    const auto mol = crdkit::parse_graph(std::string(bytes, count), limits, false);
    const std::unique_ptr<ExplicitBitVect> bits(
        RDKit::MorganFingerprints::getFingerprintAsBitVect(*mol, kind.radius, kind.bits));
    crdkit::write(*bits, words, word_count);
  });
}
