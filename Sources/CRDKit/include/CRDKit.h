/// A C face of RDKit and of the InChI library: structs and status codes, nothing else.
///
/// Every function catches every C++ exception. A call answers CRDKIT_OK, or a status whose reason
/// stands in the caller's `crdkit_failure`. One molecule may be used from several threads at once:
/// its handle holds a lock, because RDKit caches results inside a molecule.
#ifndef CRDKIT_H
#define CRDKIT_H

#include "crdkit_core.h"
#include "crdkit_descriptors.h"
#include "crdkit_environments.h"
#include "crdkit_fingerprints.h"
#include "crdkit_graph.h"
#include "crdkit_identity.h"
#include "crdkit_masking.h"
#include "crdkit_substructure.h"
#include "crdkit_writing.h"

#endif
