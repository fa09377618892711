// The two halves of RDKit's SmilesToMol, with a door between them for the size bounds.
#ifndef CRDKIT_PARSE_H
#define CRDKIT_PARSE_H

#include "molecule.h"

class ExplicitBitVect;

namespace crdkit {

// Text to atoms and bonds; throws a Refusal beyond the limits.
std::unique_ptr<RDKit::RWMol> parse_raw(const std::string &smiles, crdkit_limits limits);

// Hydrogens folded in, sanitised, stereo assigned.
void finish(RDKit::RWMol &mol);

// Bits to words of 64; throws a Refusal when the buffer has another width.
void write(const ExplicitBitVect &bits, uint64_t *words, size_t word_count);

}  // namespace crdkit

#endif
