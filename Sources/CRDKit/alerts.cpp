// RDKit's catalogues of structural alerts behind a fingerprint screen.
#include "crdkit_substructure.h"

#include "patterns.h"

#include <GraphMol/FilterCatalog/FilterCatalog.h>

#include <optional>
#include <vector>

using crdkit::Marks;
using crdkit::guarded;

// The entry keeps its matcher private, and RDKit offers no other way to the pattern. The standard
// lets an explicit instantiation name a private member; unlike a cast, the compiler still checks
// that the member exists and has this type.
using Matcher = boost::shared_ptr<RDKit::FilterMatcherBase>;
static const Matcher &matcher_of(const RDKit::FilterCatalogEntry &entry);
template <Matcher RDKit::FilterCatalogEntry::*member>
struct MatcherDoor {
  friend const Matcher &matcher_of(const RDKit::FilterCatalogEntry &entry) {
    return entry.*member;
  }
};
template struct MatcherDoor<&RDKit::FilterCatalogEntry::d_matcher>;

namespace {

struct Alert {
  const RDKit::FilterCatalogEntry *entry;
  // Absent where the entry is no plain pattern that must occur at least once.
  std::optional<Marks> screen;

  explicit Alert(const RDKit::FilterCatalogEntry *entry) : entry(entry) {
    const auto *smarts =
        dynamic_cast<const RDKit::SmartsMatcher *>(matcher_of(*entry).get());
    if (smarts && smarts->getPattern() && smarts->getMinCount() >= 1) {
      screen.emplace(
          crdkit::marks_of_query(*smarts->getPattern(), crdkit::screen_width));
    }
  }
};

}  // namespace

struct crdkit_alerts {
  RDKit::FilterCatalog catalog;
  std::vector<Alert> alerts;

  explicit crdkit_alerts(RDKit::FilterCatalogParams::FilterCatalogs source) : catalog(source) {
    for (unsigned int index = 0; index < catalog.getNumEntries(); ++index) {
      alerts.emplace_back(catalog.getEntryWithIdx(index));
    }
  }
};

extern "C" crdkit_status crdkit_alerts_create(crdkit_alert_source source, crdkit_alerts **alerts,
                                              crdkit_failure *failure) {
  using Params = RDKit::FilterCatalogParams;
  return guarded(failure, [&] {
    const auto catalog = source == CRDKIT_PAINS   ? Params::PAINS
                         : source == CRDKIT_BRENK ? Params::BRENK
                                                  : Params::NIH;
    *alerts = new crdkit_alerts(catalog);
  });
}

extern "C" void crdkit_alerts_destroy(crdkit_alerts *alerts) { delete alerts; }

extern "C" uint32_t crdkit_alerts_count(const crdkit_alerts *alerts) {
  return static_cast<uint32_t>(alerts->alerts.size());
}

extern "C" crdkit_status crdkit_alerts_name(const crdkit_alerts *alerts, uint32_t index,
                                            crdkit_text *name, crdkit_failure *failure) {
  return guarded(failure, [&] {
    *name = crdkit::give(alerts->alerts.at(index).entry->getDescription());
  });
}

extern "C" crdkit_status crdkit_alerts_match(const crdkit_molecule *molecule,
                                             const crdkit_alerts *alerts, bool prefilter,
                                             uint32_t *found, uint32_t *found_count,
                                             crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    const Marks *marks = prefilter ? &crdkit::marks_of(*molecule) : nullptr;
    uint32_t count = 0;
    for (uint32_t index = 0; index < alerts->alerts.size(); ++index) {
      const auto &alert = alerts->alerts[index];
      if (marks && alert.screen && !marks->contain(*alert.screen)) continue;
      if (alert.entry->hasFilterMatch(mol)) found[count++] = index;
    }
    *found_count = count;
  });
}
