// The properties behind the quantitative estimate of drug-likeness; the estimate itself is Swift.
#include "crdkit_descriptors.h"

#include "patterns.h"
#include "qed_patterns.h"

#include <GraphMol/ChemTransforms/ChemTransforms.h>
#include <GraphMol/Descriptors/MolDescriptors.h>
#include <GraphMol/MolOps.h>
#include <GraphMol/Substruct/SubstructMatch.h>

#include <algorithm>
#include <vector>

namespace describe = RDKit::Descriptors;
using crdkit::Marks;

namespace {

struct Patterns {
  struct Alert {
    std::unique_ptr<RDKit::ROMol> query;
    Marks screen;
  };
  std::unique_ptr<RDKit::ROMol> aliphatic = crdkit::parse_smarts(crdkit::aliphatic_ring_atom);
  std::vector<std::unique_ptr<RDKit::ROMol>> acceptors;
  std::vector<Alert> alerts;

  Patterns() {
    for (const char *smarts : crdkit::qed_acceptors) {
      acceptors.push_back(crdkit::parse_smarts(smarts));
    }
    for (const char *smarts : crdkit::qed_alerts) {
      auto query = crdkit::parse_smarts(smarts);
      Marks screen = crdkit::marks_of_query(*query, crdkit::screen_width);
      alerts.push_back({std::move(query), std::move(screen)});
    }
  }

  // Built once, by the first thread that asks; read-only afterwards.
  static const Patterns &shared() {
    static const Patterns patterns;
    return patterns;
  }
};

}  // namespace

static double acceptors_of(const RDKit::ROMol &mol, const Patterns &patterns) {
  size_t count = 0;
  for (const auto &acceptor : patterns.acceptors) {
    count += RDKit::SubstructMatch(mol, *acceptor).size();
  }
  return static_cast<double>(count);
}

static double aromatic_rings_of(const RDKit::ROMol &mol, const Patterns &patterns) {
  const std::unique_ptr<RDKit::ROMol> rest(RDKit::deleteSubstructs(mol, *patterns.aliphatic));
  return RDKit::MolOps::findSSSR(*rest);
}

static double alerts_in(const RDKit::ROMol &mol, const Marks &marks, const Patterns &patterns) {
  return static_cast<double>(
      std::count_if(patterns.alerts.begin(), patterns.alerts.end(), [&](const auto &alert) {
        return marks.contain(alert.screen) && crdkit::has_match(mol, *alert.query);
      }));
}

static crdkit_qed_properties properties_of(const RDKit::ROMol &mol, const Marks &marks) {
  const Patterns &patterns = Patterns::shared();
  double log_p = 0, refractivity = 0;
  describe::calcCrippenDescriptors(mol, log_p, refractivity);
  crdkit_qed_properties values{};
  values.weight = describe::calcAMW(mol);
  values.log_p = log_p;
  values.acceptors = acceptors_of(mol, patterns);
  values.donors = describe::calcNumHBD(mol);
  values.tpsa = describe::calcTPSA(mol);
  values.rotatable_bonds = describe::calcNumRotatableBonds(mol, describe::Strict);
  values.aromatic_rings = aromatic_rings_of(mol, patterns);
  values.alerts = alerts_in(mol, marks, patterns);
  return values;
}

extern "C" crdkit_status crdkit_qed(const crdkit_molecule *molecule,
                                    crdkit_qed_properties *properties, crdkit_failure *failure) {
  return crdkit::guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    if (mol.getNumHeavyAtoms() < mol.getNumAtoms()) {  // some hydrogens are atoms of the graph
      const std::unique_ptr<RDKit::ROMol> bare(
          RDKit::MolOps::removeHs(static_cast<const RDKit::ROMol &>(mol)));
      *properties = properties_of(
          *bare, crdkit::marks_of_molecule(*bare, crdkit::screen_width));
    } else {
      *properties = properties_of(mol, crdkit::marks_of(*molecule));
    }
  });
}
