// The marks that a screen compares: RDKit's pattern fingerprint.
#ifndef CRDKIT_SCREEN_MARKS_H
#define CRDKIT_SCREEN_MARKS_H

#include "screen_graph.h"

namespace crdkit {

// Bits of any width, zero at first.
class Marks {
 public:
  explicit Marks(uint32_t width) : width(width), words((width + 63) / 64, 0) {}

  // Adds the mark with this number, folded to the width.
  void set(uint32_t number) {
    const uint32_t bit = (width & (width - 1)) == 0 ? number & (width - 1) : number % width;
    words[bit >> 6] |= uint64_t(1) << (bit & 63);
  }

  // Sets every bit: what is too large to be marked may contain anything.
  void fill();

  bool contain(const Marks &others) const;

  const uint32_t width;
  std::vector<uint64_t> words;
};

// Sets the marks of a graph. Of a molecule with more pieces than the bound all bits are set, of
// such a query those of the first pieces: either way no match is hidden.
enum class Side { molecule, query };
void set_marks(const ScreenGraph &graph, Side side, Marks &marks);

}  // namespace crdkit

#endif
