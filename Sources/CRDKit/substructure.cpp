// SMARTS patterns and their matches.
#include "crdkit_substructure.h"

#include "patterns.h"

#include <GraphMol/SmilesParse/SmilesParse.h>
#include <GraphMol/Substruct/SubstructMatch.h>

#include <cstdlib>

using crdkit::Refusal;
using crdkit::guarded;

struct crdkit_pattern {
  std::unique_ptr<RDKit::ROMol> query;
};

std::unique_ptr<RDKit::ROMol> crdkit::parse_smarts(const std::string &smarts) {
  std::unique_ptr<RDKit::ROMol> query(RDKit::SmartsToMol(smarts));
  if (!query) throw Refusal{CRDKIT_UNREADABLE, "not a SMARTS"};
  if (query->getNumAtoms() == 0) throw Refusal{CRDKIT_EMPTY, "no atoms"};
  return query;
}

extern "C" crdkit_status crdkit_pattern_parse(const char *bytes, size_t count,
                                              crdkit_pattern **pattern, crdkit_failure *failure) {
  return guarded(failure, [&] {
    *pattern = new crdkit_pattern{crdkit::parse_smarts(std::string(bytes, count))};
  });
}

extern "C" void crdkit_pattern_destroy(crdkit_pattern *pattern) { delete pattern; }

bool crdkit::has_match(const RDKit::ROMol &mol, const RDKit::ROMol &query) {
  RDKit::SubstructMatchParameters first;
  first.maxMatches = 1;
  return !RDKit::SubstructMatch(mol, query, first).empty();
}

extern "C" crdkit_status crdkit_has_match(const crdkit_molecule *molecule,
                                          const crdkit_pattern *pattern, bool *found,
                                          crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    *found = crdkit::has_match(mol, *pattern->query);
  });
}

extern "C" crdkit_status crdkit_find_matches(const crdkit_molecule *molecule,
                                             const crdkit_pattern *pattern, uint32_t most,
                                             crdkit_matches *matches, crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    RDKit::SubstructMatchParameters unique;
    unique.maxMatches = most;
    const auto found = RDKit::SubstructMatch(mol, *pattern->query, unique);
    const size_t width = pattern->query->getNumAtoms();
    auto *atoms =
        static_cast<int32_t *>(std::malloc(sizeof(int32_t) * (found.size() * width + 1)));
    if (!atoms) throw std::bad_alloc();
    size_t next = 0;
    for (const auto &match : found) {
      for (const auto &[in_query, in_molecule] : match) atoms[next++] = in_molecule;
    }
    *matches = {atoms, width, found.size()};
  });
}

extern "C" void crdkit_matches_release(crdkit_matches matches) {
  std::free(const_cast<int32_t *>(matches.atoms));
}
