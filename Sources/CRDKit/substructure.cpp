// SMARTS patterns and their matches.
#include "crdkit_substructure.h"

#include "bounded_query.h"
#include "parse.h"
#include "patterns.h"

#include <GraphMol/SmilesParse/SmilesParse.h>

#include <algorithm>
#include <cstdlib>

using crdkit::BoundedQuery;
using crdkit::Refusal;
using crdkit::guarded;

// A search writes into its query: RDKit notes there what the recursive parts match and locks it
// until the search ends. So a pattern keeps a query for every search that ran at the same time.
struct crdkit_pattern {
  const std::string smarts;
  const std::unique_ptr<RDKit::ROMol> original;  // without counters, never searched with
  const bool needs_hybridization;

  crdkit_pattern(std::string smarts, std::unique_ptr<RDKit::ROMol> original)
      : smarts(std::move(smarts)),
        original(std::move(original)),
        needs_hybridization(this->smarts.find('^') != std::string::npos) {}

  std::unique_ptr<BoundedQuery> take() {
    {
      std::lock_guard<std::mutex> hold(lock);
      if (!idle.empty()) {
        auto query = std::move(idle.back());
        idle.pop_back();
        return query;
      }
    }
    return std::make_unique<BoundedQuery>(crdkit::parse_smarts(smarts));
  }

  void give_back(std::unique_ptr<BoundedQuery> query) {
    std::lock_guard<std::mutex> hold(lock);
    idle.push_back(std::move(query));
  }

 private:
  std::mutex lock;
  std::vector<std::unique_ptr<BoundedQuery>> idle;
};

// Parser, fingerprint and search recurse on nested parts, so these are bounded in the text, before it
// is read. The deepest of 6,776 published patterns nest 4 recursive parts and 14 branches.
static void check_nesting(const std::string &smarts) {
  constexpr int most_branches = 100, most_parts = 10;
  // What each open parenthesis is: true for a recursive part.
  std::vector<bool> open;
  int parts = 0;
  for (size_t at = 0; at < smarts.size(); ++at) {
    if (smarts[at] == '(') {
      const bool is_part = at > 0 && smarts[at - 1] == '$';
      parts += is_part;
      open.push_back(is_part);
    } else if (smarts[at] == ')' && !open.empty()) {
      parts -= open.back();
      open.pop_back();
    }
    if (parts > most_parts || open.size() > most_branches) {
      throw Refusal{CRDKIT_TOO_COMPLEX, "the pattern is nested too deeply"};
    }
  }
}

std::unique_ptr<RDKit::ROMol> crdkit::parse_smarts(const std::string &smarts) {
  check_nesting(smarts);
  std::unique_ptr<RDKit::ROMol> query(RDKit::SmartsToMol(smarts));
  if (!query) throw Refusal{CRDKIT_UNREADABLE, "not a SMARTS"};
  if (query->getNumAtoms() == 0) throw Refusal{CRDKIT_EMPTY, "no atoms"};
  return query;
}

extern "C" crdkit_status crdkit_pattern_parse(const char *bytes, size_t count, uint32_t most_atoms,
                                              crdkit_pattern **pattern, crdkit_failure *failure) {
  return guarded(failure, [&] {
    const std::string smarts(bytes, count);
    auto query = crdkit::parse_smarts(smarts);
    const size_t atoms = crdkit::count_atoms(*query);
    if (atoms > most_atoms) {
      throw Refusal{CRDKIT_TOO_MANY_ATOMS, "too many atoms", static_cast<int64_t>(atoms)};
    }
    *pattern = new crdkit_pattern{smarts, std::move(query)};
  });
}

extern "C" void crdkit_pattern_destroy(crdkit_pattern *pattern) { delete pattern; }

extern "C" crdkit_status crdkit_query_pattern_fingerprint(const crdkit_pattern *pattern,
                                                          uint32_t bits, uint64_t *words,
                                                          size_t word_count,
                                                          crdkit_failure *failure) {
  return guarded(failure, [&] {
    const auto marks = crdkit::marks_of_query(*pattern->original, bits);
    if (bits == 0 || marks.words.size() != word_count) {
      throw Refusal{CRDKIT_FAILED, "the buffer has another width than the fingerprint"};
    }
    std::copy(marks.words.begin(), marks.words.end(), words);
  });
}

bool crdkit::has_match(const RDKit::ROMol &mol, const RDKit::ROMol &query) {
  RDKit::SubstructMatchParameters first;
  first.maxMatches = 1;
  return !RDKit::SubstructMatch(mol, query, first).empty();
}

static std::vector<RDKit::MatchVectType> find(const RDKit::ROMol &mol, crdkit_pattern &pattern,
                                              uint32_t most, uint64_t most_steps,
                                              bool &is_complete) {
  auto query = pattern.take();
  auto found = query->match(mol, most, most_steps, is_complete);
  pattern.give_back(std::move(query));
  return found;
}

static crdkit_outcome outcome_of(const RDKit::ROMol &mol, crdkit_pattern &pattern,
                                 uint64_t most_steps) {
  bool is_complete = false;
  if (!find(mol, pattern, 1, most_steps, is_complete).empty()) return CRDKIT_PRESENT;
  return is_complete ? CRDKIT_ABSENT : CRDKIT_UNDECIDED;
}

extern "C" crdkit_status crdkit_has_match(const crdkit_molecule *molecule, crdkit_pattern *pattern,
                                          uint64_t most_steps, crdkit_outcome *outcome,
                                          crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    *outcome = outcome_of(mol, *pattern, most_steps);
  });
}

extern "C" crdkit_status crdkit_smiles_has_match(const char *bytes, size_t count,
                                                 crdkit_limits limits, crdkit_pattern *pattern,
                                                 uint64_t most_steps, crdkit_outcome *outcome,
                                                 crdkit_failure *failure) {
  return guarded(failure, [&] {
    // Stereo marks of a pattern are not compared, so stereo need not be assigned.
    const auto mol = crdkit::parse_graph(std::string(bytes, count), limits,
                                         pattern->needs_hybridization);
    *outcome = outcome_of(*mol, *pattern, most_steps);
  });
}

extern "C" crdkit_status crdkit_find_matches(const crdkit_molecule *molecule,
                                             crdkit_pattern *pattern, uint32_t most,
                                             uint64_t most_steps, crdkit_matches *matches,
                                             crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    bool is_complete = false;
    const auto found = find(mol, *pattern, most, most_steps, is_complete);
    if (!is_complete) {
      throw Refusal{CRDKIT_TOO_COMPLEX, "the search for the pattern took more than " +
                                            std::to_string(most_steps) + " steps"};
    }
    const size_t width = pattern->original->getNumAtoms();
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
