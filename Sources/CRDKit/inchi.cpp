// Standard InChI by the InChI library: our graph in its input arrays.
#include "crdkit_identity.h"

#include "molecule.h"

#include <GraphMol/MolOps.h>
#include <GraphMol/PeriodicTable.h>
#include <inchi_api.h>

#include <array>
#include <cmath>
#include <cstring>
#include <vector>

using crdkit::Refusal;
using crdkit::guarded;

// The library's own bounds: its atom numbers are 16 bit and its tables end at 1,023 atoms.
static constexpr unsigned int most_atoms = 1023;
// Symmetric cages can keep its canonical numbering busy for hours; the option ends it.
static char options[] = "-W10";

static S_CHAR bond_type(const RDKit::Bond &bond) {
  switch (bond.getBondType()) {
    case RDKit::Bond::SINGLE: return INCHI_BOND_TYPE_SINGLE;
    case RDKit::Bond::DOUBLE: return INCHI_BOND_TYPE_DOUBLE;
    case RDKit::Bond::TRIPLE: return INCHI_BOND_TYPE_TRIPLE;
    default: throw Refusal{CRDKIT_FAILED, "InChI has no dative, zero-order or query bonds"};
  }
}

static inchi_Atom atom_of(const RDKit::Atom &atom) {
  inchi_Atom entry{};
  if (atom.getAtomicNum() == 0) throw Refusal{CRDKIT_FAILED, "InChI has no dummy atoms"};
  std::strncpy(entry.elname, atom.getSymbol().c_str(), ATOM_EL_LEN - 1);
  entry.charge = static_cast<S_CHAR>(atom.getFormalCharge());
  entry.num_iso_H[0] = static_cast<S_CHAR>(atom.getTotalNumHs());
  if (const auto isotope = atom.getIsotope()) {
    // A mass is told as its shift from the rounded average weight of the element.
    const auto average = static_cast<int>(
        std::lround(RDKit::PeriodicTable::getTable()->getAtomicWeight(atom.getAtomicNum())));
    entry.isotopic_mass = static_cast<AT_NUM>(ISOTOPIC_SHIFT_FLAG + int(isotope) - average);
  }
  // One unpaired electron is a doublet, two are taken as a triplet.
  const auto unpaired = atom.getNumRadicalElectrons();
  if (unpaired) entry.radical = static_cast<S_CHAR>(unpaired + 1);
  return entry;
}

// A tetrahedral centre. RDKit's tag looks from the first neighbour on the others in the order of
// the bonds; with three neighbours the missing one, hydrogen or lone pair, points away from the
// viewer. InChI looks from its first entry, where a missing neighbour is the centre itself.
static void add_centre(const RDKit::Atom &atom, std::vector<inchi_Stereo0D> &stereo) {
  const auto tag = atom.getChiralTag();
  if (tag != RDKit::Atom::CHI_TETRAHEDRAL_CW && tag != RDKit::Atom::CHI_TETRAHEDRAL_CCW) return;
  const auto degree = atom.getDegree();
  if (degree < 3 || degree > 4) return;
  inchi_Stereo0D entry{};
  entry.type = INCHI_StereoType_Tetrahedral;
  entry.central_atom = static_cast<AT_NUM>(atom.getIdx());
  size_t next = 0;
  if (degree == 3) entry.neighbor[next++] = entry.central_atom;
  for (const auto bond : atom.getOwningMol().atomBonds(&atom)) {
    entry.neighbor[next++] = static_cast<AT_NUM>(bond->getOtherAtomIdx(atom.getIdx()));
  }
  const bool clockwise_from_first = (tag == RDKit::Atom::CHI_TETRAHEDRAL_CW) == (degree == 4);
  entry.parity = clockwise_from_first ? INCHI_PARITY_EVEN : INCHI_PARITY_ODD;
  stereo.push_back(entry);
}

static void add_double_bond(const RDKit::Bond &bond, std::vector<inchi_Stereo0D> &stereo) {
  const auto mark = bond.getStereo();
  if (mark <= RDKit::Bond::STEREOANY || bond.getStereoAtoms().size() != 2) return;
  const bool is_trans = mark == RDKit::Bond::STEREOE || mark == RDKit::Bond::STEREOTRANS;
  inchi_Stereo0D entry{};
  entry.type = INCHI_StereoType_DoubleBond;
  entry.central_atom = NO_ATOM;
  entry.neighbor[0] = static_cast<AT_NUM>(bond.getStereoAtoms()[0]);
  entry.neighbor[1] = static_cast<AT_NUM>(bond.getBeginAtomIdx());
  entry.neighbor[2] = static_cast<AT_NUM>(bond.getEndAtomIdx());
  entry.neighbor[3] = static_cast<AT_NUM>(bond.getStereoAtoms()[1]);
  entry.parity = is_trans ? INCHI_PARITY_EVEN : INCHI_PARITY_ODD;
  stereo.push_back(entry);
}

static std::string standard_inchi(const RDKit::RWMol &source) {
  RDKit::RWMol mol(source);
  if (mol.getNumAtoms() > most_atoms) {
    throw Refusal{CRDKIT_TOO_MANY_ATOMS, "InChI takes at most 1,023 atoms", mol.getNumAtoms()};
  }
  const bool keep_aromatic_marks = false;
  RDKit::MolOps::Kekulize(mol, keep_aromatic_marks);

  std::vector<inchi_Atom> atoms;
  std::vector<inchi_Stereo0D> stereo;
  for (const auto atom : mol.atoms()) {
    atoms.push_back(atom_of(*atom));
    add_centre(*atom, stereo);
  }
  for (const auto bond : mol.bonds()) {
    auto &begin = atoms[bond->getBeginAtomIdx()];
    if (begin.num_bonds == MAXVAL) throw Refusal{CRDKIT_FAILED, "InChI takes at most 20 bonds"};
    begin.neighbor[begin.num_bonds] = static_cast<AT_NUM>(bond->getEndAtomIdx());
    begin.bond_type[begin.num_bonds++] = bond_type(*bond);
    add_double_bond(*bond, stereo);
  }

  inchi_Input input{};
  input.atom = atoms.data();
  input.num_atoms = static_cast<AT_NUM>(atoms.size());
  input.stereo0D = stereo.empty() ? nullptr : stereo.data();
  input.num_stereo0D = static_cast<AT_NUM>(stereo.size());
  input.szOptions = options;

  // The library keeps state in statics: one call at a time.
  static std::mutex one_at_a_time;
  std::lock_guard<std::mutex> hold(one_at_a_time);
  inchi_Output output{};
  const int answer = GetStdINCHI(&input, &output);
  const std::string text = output.szInChI ? output.szInChI : "";
  const std::string message = output.szMessage ? output.szMessage : "no message";
  FreeStdINCHI(&output);
  if ((answer != inchi_Ret_OKAY && answer != inchi_Ret_WARNING) || text.empty()) {
    throw Refusal{CRDKIT_FAILED, "InChI: " + message};
  }
  return text;
}

extern "C" crdkit_status crdkit_inchi(const crdkit_molecule *molecule, crdkit_text *inchi,
                                      crdkit_failure *failure) {
  return guarded(molecule, failure,
                 [&](RDKit::RWMol &mol) { *inchi = crdkit::give(standard_inchi(mol)); });
}

extern "C" crdkit_status crdkit_inchi_key(const char *inchi, crdkit_text *key,
                                          crdkit_failure *failure) {
  return guarded(failure, [&] {
    std::array<char, 28> text{};
    if (GetStdINCHIKeyFromStdINCHI(inchi, text.data()) != INCHIKEY_OK) {
      throw Refusal{CRDKIT_FAILED, "not a standard InChI"};
    }
    *key = crdkit::give(text.data());
  });
}
