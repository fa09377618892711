/// Molecules, texts and failures: what every other header stands on.
#ifndef CRDKIT_CORE_H
#define CRDKIT_CORE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  CRDKIT_OK = 0,
  CRDKIT_UNREADABLE,    ///< the text is no structure; the failure's text says why
  CRDKIT_VALENCE,       ///< an atom has an impossible valence; `number` is the atom
  CRDKIT_KEKULIZE,      ///< an aromatic system has no Kekulé form
  CRDKIT_EMPTY,         ///< there is no atom
  CRDKIT_TOO_MANY_ATOMS,  ///< `number` is how many
  CRDKIT_TOO_MANY_RINGS,  ///< `number` is how many independent cycles
  CRDKIT_TOO_COMPLEX,   ///< the work would explode; the failure's text says why
  CRDKIT_TIMED_OUT,     ///< the time limit was reached
  CRDKIT_OUT_OF_MEMORY,
  CRDKIT_FAILED,        ///< the toolkit refused; the failure's text says why
} crdkit_status;

/// Why a call failed. The caller owns it; the text always ends with a NUL.
typedef struct {
  char text[400];
  int64_t number;
} crdkit_failure;

/// Bytes given to the caller, who gives them back to `crdkit_text_release`.
typedef struct {
  const char *bytes;
  size_t count;
} crdkit_text;

typedef struct crdkit_molecule crdkit_molecule;

/// What is refused before RDKit's slower steps see it.
typedef struct {
  uint32_t atoms;
  uint32_t rings;
} crdkit_limits;

/// Fills RDKit's lazily built tables on the calling thread and silences its log.
///
/// They are built on first use without a lock, so this must end before a second thread begins.
crdkit_status crdkit_warm_up(crdkit_failure *failure);

void crdkit_text_release(crdkit_text text);

crdkit_status crdkit_parse_smiles(const char *bytes, size_t count, crdkit_limits limits,
                                  crdkit_molecule **molecule, crdkit_failure *failure);
crdkit_status crdkit_parse_molblock(const char *bytes, size_t count, crdkit_limits limits,
                                    crdkit_molecule **molecule, crdkit_failure *failure);
void crdkit_molecule_destroy(crdkit_molecule *molecule);

uint32_t crdkit_heavy_atom_count(const crdkit_molecule *molecule);
uint32_t crdkit_atom_count(const crdkit_molecule *molecule);

#ifdef __cplusplus
}
#endif

#endif
