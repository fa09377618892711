// Molecules for readers: pictures and mol blocks.
#include "crdkit_writing.h"

#include "molecule.h"

#include <GraphMol/Depictor/RDDepictor.h>
#include <GraphMol/FileParsers/FileParsers.h>
#include <GraphMol/MolDraw2D/MolDraw2DSVG.h>
#include <GraphMol/MolDraw2D/MolDraw2DUtils.h>

#include <vector>

using crdkit::Refusal;
using crdkit::guarded;

// Above this the coordinates cost seconds and nobody can read the picture.
static constexpr unsigned int most_drawn_atoms = 400;

static std::vector<int> atoms_to_highlight(const RDKit::ROMol &mol, const int32_t *atoms,
                                           size_t count) {
  std::vector<int> chosen;
  for (size_t index = 0; index < count; ++index) {
    if (atoms[index] < 0 || static_cast<unsigned int>(atoms[index]) >= mol.getNumAtoms()) {
      throw Refusal{CRDKIT_FAILED, "an atom to highlight is not in the molecule", atoms[index]};
    }
    chosen.push_back(atoms[index]);
  }
  return chosen;
}

static std::vector<int> bonds_between(const RDKit::ROMol &mol, const std::vector<int> &atoms) {
  std::vector<bool> is_chosen(mol.getNumAtoms());
  for (int atom : atoms) is_chosen[atom] = true;
  std::vector<int> bonds;
  for (const auto bond : mol.bonds()) {
    if (is_chosen[bond->getBeginAtomIdx()] && is_chosen[bond->getEndAtomIdx()]) {
      bonds.push_back(bond->getIdx());
    }
  }
  return bonds;
}

extern "C" crdkit_status crdkit_draw(const crdkit_molecule *molecule, uint32_t width,
                                     uint32_t height, const int32_t *highlighted,
                                     size_t highlighted_count, crdkit_text *svg,
                                     crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    if (mol.getNumAtoms() > most_drawn_atoms) {
      throw Refusal{CRDKIT_TOO_MANY_ATOMS, "too large to draw", mol.getNumAtoms()};
    }
    const auto atoms = atoms_to_highlight(mol, highlighted, highlighted_count);
    const auto bonds = bonds_between(mol, atoms);
    RDKit::MolDraw2DSVG drawer(static_cast<int>(width), static_cast<int>(height));
    RDKit::MolDraw2DUtils::prepareAndDrawMolecule(drawer, mol, "", &atoms, &bonds);
    drawer.finishDrawing();
    // Without the XML prologue the element can stand in a page as well as in a file.
    std::string text = drawer.getDrawingText();
    const auto start = text.find("<svg");
    if (start == std::string::npos) throw Refusal{CRDKIT_FAILED, "no drawing"};
    *svg = crdkit::give(text.substr(start));
  });
}

extern "C" crdkit_status crdkit_molblock(const crdkit_molecule *molecule, const char *title,
                                         crdkit_text *block, crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &source) {
    RDKit::RWMol mol(source);
    RDDepict::compute2DCoords(mol);
    mol.setProp("_Name", std::string(title));
    *block = crdkit::give(RDKit::MolToMolBlock(mol));
  });
}
