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

// A molecule without what only a reader or a stereo search wants: graph, rings, aromaticity and
// hydrogens are those of the full parse, conjugation and stereo are missing, hybridization is there
// when asked for. In about half of the time.
std::unique_ptr<RDKit::RWMol> parse_graph(const std::string &smiles, crdkit_limits limits,
                                          bool with_hybridization);

// Bits to words of 64; throws a Refusal when the buffer has another width.
void write(const ExplicitBitVect &bits, uint64_t *words, size_t word_count);

}  // namespace crdkit

#endif
