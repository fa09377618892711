/// Patterns, their matches, and catalogues of structural alerts.
#ifndef CRDKIT_SUBSTRUCTURE_H
#define CRDKIT_SUBSTRUCTURE_H

#include <stdbool.h>

#include "crdkit_core.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct crdkit_pattern crdkit_pattern;

/// Reads a SMARTS of at most `most_atoms` atoms, those of recursive parts included.
crdkit_status crdkit_pattern_parse(const char *bytes, size_t count, uint32_t most_atoms,
                                   crdkit_pattern **pattern, crdkit_failure *failure);
void crdkit_pattern_destroy(crdkit_pattern *pattern);

/// Matches of one pattern, each a run of `width` atom numbers, for `crdkit_matches_release`.
typedef struct {
  const int32_t *atoms;
  size_t width;
  size_t count;
} crdkit_matches;

typedef enum {
  CRDKIT_ABSENT,
  CRDKIT_PRESENT,
  CRDKIT_UNDECIDED,  ///< the search was given up
} crdkit_outcome;

/// Whether the pattern occurs. A search of more than `most_steps` steps is given up; a step is a
/// comparison of one part of an atom's query, some nanoseconds.
///
/// One pattern may be used from several threads at once.
crdkit_status crdkit_has_match(const crdkit_molecule *molecule, crdkit_pattern *pattern,
                               uint64_t most_steps, crdkit_outcome *outcome,
                               crdkit_failure *failure);

/// The same straight from a SMILES, without the parts of the full parse that no pattern asks for.
crdkit_status crdkit_smiles_has_match(const char *bytes, size_t count, crdkit_limits limits,
                                      crdkit_pattern *pattern, uint64_t most_steps,
                                      crdkit_outcome *outcome, crdkit_failure *failure);

/// The matches with different sets of atoms, at most `most` of them. CRDKIT_TOO_COMPLEX when the
/// search is given up.
crdkit_status crdkit_find_matches(const crdkit_molecule *molecule, crdkit_pattern *pattern,
                                  uint32_t most, uint64_t most_steps, crdkit_matches *matches,
                                  crdkit_failure *failure);
void crdkit_matches_release(crdkit_matches matches);

/// RDKit's pattern fingerprint: a molecule that lacks a bit of a query has no match of it.
///
/// The bits of a molecule are RDKit's, found some fifteen times faster. Those of a query are what
/// each of its matches must have, recursive parts included; RDKit's own hide true matches of some
/// queries, see screen_query.cpp.
crdkit_status crdkit_pattern_fingerprint(const crdkit_molecule *molecule, uint32_t bits,
                                         uint64_t *words, size_t word_count,
                                         crdkit_failure *failure);
crdkit_status crdkit_query_pattern_fingerprint(const crdkit_pattern *pattern, uint32_t bits,
                                               uint64_t *words, size_t word_count,
                                               crdkit_failure *failure);

/// The same straight from a SMILES, in a fraction of the time.
crdkit_status crdkit_smiles_to_pattern_fingerprint(const char *bytes, size_t count,
                                                   crdkit_limits limits, uint32_t bits,
                                                   uint64_t *words, size_t word_count,
                                                   crdkit_failure *failure);

/// The same by RDKit's own function, for the proof that the bits are its own.
crdkit_status crdkit_rdkit_pattern_fingerprint(const crdkit_molecule *molecule, uint32_t bits,
                                               uint64_t *words, size_t word_count,
                                               crdkit_failure *failure);

typedef enum { CRDKIT_PAINS, CRDKIT_BRENK, CRDKIT_NIH } crdkit_alert_source;

typedef struct crdkit_alerts crdkit_alerts;

crdkit_status crdkit_alerts_create(crdkit_alert_source source, crdkit_alerts **alerts,
                                   crdkit_failure *failure);
void crdkit_alerts_destroy(crdkit_alerts *alerts);
uint32_t crdkit_alerts_count(const crdkit_alerts *alerts);
crdkit_status crdkit_alerts_name(const crdkit_alerts *alerts, uint32_t index, crdkit_text *name,
                                 crdkit_failure *failure);

/// Writes the indices of the alerts that match; `found` must hold `crdkit_alerts_count` of them.
///
/// `prefilter` skips patterns that a fingerprint rules out; without it the answer is the same.
crdkit_status crdkit_alerts_match(const crdkit_molecule *molecule, const crdkit_alerts *alerts,
                                  bool prefilter, uint32_t *found, uint32_t *found_count,
                                  crdkit_failure *failure);

#ifdef __cplusplus
}
#endif

#endif
