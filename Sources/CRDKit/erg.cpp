// The extended reduced graph of Stiefl, Watson, Baumann & Zaliani 2006 (ErG).
//
// RDKit 2022 reduces the graph correctly but steps its blocks by 14 for 15 distances, so the last
// distance of a pair and the first of the next share a value. The blocks are counted here instead,
// in the layout of RDKit 2026.
#include "crdkit_fingerprints.h"

#include "molecule.h"

#include <GraphMol/MolOps.h>
#include <GraphMol/ReducedGraphs/ReducedGraphs.h>

#include <algorithm>
#include <vector>

static constexpr int types = 6;  // donor, acceptor, positive, negative, hydrophobic, aromatic
static constexpr int most_bonds = 15;
static constexpr double fuzz = 0.3;  // what a pair adds to the distances next to its own

static int block_of(int first, int second) {
  const int low = std::min(first, second), high = std::max(first, second);
  return low * types - low * (low + 1) / 2 + high;
}

static void add(double *values, int block, int distance) {
  double *bin = values + block * most_bonds + distance - 1;
  *bin += 1;
  if (distance > 1) bin[-1] += fuzz;
  if (distance < most_bonds) bin[1] += fuzz;
}

extern "C" crdkit_status crdkit_erg(const crdkit_molecule *molecule,
                                    double values[CRDKIT_ERG_SIZE], crdkit_failure *failure) {
  return crdkit::guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    std::fill(values, values + CRDKIT_ERG_SIZE, 0.0);
    const std::unique_ptr<RDKit::ROMol> graph(
        RDKit::ReducedGraphs::generateMolExtendedReducedGraph(mol));
    const unsigned int count = graph->getNumAtoms();
    std::vector<std::vector<int>> features(count);
    for (const auto atom : graph->atoms()) {
      atom->getPropIfPresent("_ErGAtomTypes", features[atom->getIdx()]);
    }
    const double *distances = RDKit::MolOps::getDistanceMat(*graph);
    for (unsigned int i = 0; i < count; ++i) {
      for (unsigned int j = i + 1; j < count; ++j) {
        const int distance = static_cast<int>(distances[i * count + j]);
        if (distance < 1 || distance > most_bonds) continue;
        for (int first : features[i]) {
          for (int second : features[j]) add(values, block_of(first, second), distance);
        }
      }
    }
  });
}
