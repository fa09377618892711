// What the source files share: the molecule behind the handle and the wall against exceptions.
#ifndef CRDKIT_MOLECULE_H
#define CRDKIT_MOLECULE_H

#include "boost_enums.h"
// RDKit's configuration must precede its other headers.
#include <RDGeneral/RDConfig.h>

#include <GraphMol/RWMol.h>

#include <memory>
#include <mutex>
#include <string>

#include "crdkit_core.h"

namespace crdkit {
class Marks;
}

// RDKit caches rings, properties and descriptors inside a molecule that it calls const. The lock
// makes one handle safe to share; taking it uncontended costs about 20 ns.
struct crdkit_molecule {
  std::unique_ptr<RDKit::RWMol> mol;
  mutable std::mutex lock;
  // The pattern fingerprint that screens the alerts, made when first asked for, under the lock.
  mutable std::unique_ptr<crdkit::Marks> marks;

  explicit crdkit_molecule(std::unique_ptr<RDKit::RWMol> mol);
  ~crdkit_molecule();
};

namespace crdkit {

// A failure with a status of ours, thrown inside the wall only.
struct Refusal {
  crdkit_status status;
  std::string text;
  int64_t number = 0;
};

// Turns the exception in flight into a status and a reason.
crdkit_status explain(crdkit_failure *failure) noexcept;

// Runs `work`; nothing leaves but a status.
template <typename Work>
crdkit_status guarded(crdkit_failure *failure, Work work) noexcept {
  try {
    work();
    return CRDKIT_OK;
  } catch (...) {
    return explain(failure);
  }
}

// Runs `work` on the molecule under its lock.
template <typename Work>
crdkit_status guarded(const crdkit_molecule *molecule, crdkit_failure *failure,
                      Work work) noexcept {
  return guarded(failure, [&] {
    std::lock_guard<std::mutex> hold(molecule->lock);
    work(*molecule->mol);
  });
}

// A copy of `text` for the caller to release.
crdkit_text give(const std::string &text);

}  // namespace crdkit

#endif
