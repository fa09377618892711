/// Patterns, their matches, and catalogues of structural alerts.
#ifndef CRDKIT_SUBSTRUCTURE_H
#define CRDKIT_SUBSTRUCTURE_H

#include <stdbool.h>

#include "crdkit_core.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct crdkit_pattern crdkit_pattern;

crdkit_status crdkit_pattern_parse(const char *bytes, size_t count, crdkit_pattern **pattern,
                                   crdkit_failure *failure);
void crdkit_pattern_destroy(crdkit_pattern *pattern);

/// Matches of one pattern, each a run of `width` atom numbers, for `crdkit_matches_release`.
typedef struct {
  const int32_t *atoms;
  size_t width;
  size_t count;
} crdkit_matches;

crdkit_status crdkit_has_match(const crdkit_molecule *molecule, const crdkit_pattern *pattern,
                               bool *found, crdkit_failure *failure);

/// The matches with different sets of atoms, at most `most` of them.
crdkit_status crdkit_find_matches(const crdkit_molecule *molecule, const crdkit_pattern *pattern,
                                  uint32_t most, crdkit_matches *matches,
                                  crdkit_failure *failure);
void crdkit_matches_release(crdkit_matches matches);

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
