// Texts to molecules: SMILES and mol blocks, bounded before the slow steps.
#include "parse.h"

#include <GraphMol/FileParsers/FileParsers.h>
#include <GraphMol/MolOps.h>
#include <GraphMol/SmilesParse/SmilesParse.h>
#include <GraphMol/SmilesParse/SmilesWrite.h>
#include <RDGeneral/RDLog.h>

#include <cstdio>
#include <cstring>

using crdkit::Refusal;
using crdkit::guarded;

// Refuses what RDKit's ring search, stereo and canonical ranking would take long over. The number
// of independent cycles needs no ring search: bonds - atoms + fragments.
static void check(uint64_t atoms, uint64_t bonds, uint64_t fragments, crdkit_limits limits) {
  if (atoms > limits.atoms) {
    throw Refusal{CRDKIT_TOO_MANY_ATOMS, "too many atoms", static_cast<int64_t>(atoms)};
  }
  if (bonds + fragments > atoms + limits.rings) {
    throw Refusal{CRDKIT_TOO_MANY_RINGS, "too many rings",
                  static_cast<int64_t>(bonds + fragments - atoms)};
  }
}

// A star of hundreds of atoms makes stereo, canonical ranking and path counting combinatorial.
// Uranium's 16 neighbours are the most that chemistry knows.
static constexpr unsigned int most_neighbours = 24;

static void check(const RDKit::ROMol &mol, crdkit_limits limits) {
  if (mol.getNumAtoms() == 0) throw Refusal{CRDKIT_EMPTY, "no atoms"};
  for (const auto atom : mol.atoms()) {
    if (atom->getDegree() > most_neighbours) {
      throw Refusal{CRDKIT_TOO_COMPLEX,
                    "an atom has " + std::to_string(atom->getDegree()) + " neighbours"};
    }
  }
  // Counting the fragments costs as much as a small part of the parse; it is only needed when the
  // cheaper bound with one fragment leaves a doubt.
  uint64_t fragments = 1;
  if (mol.getNumBonds() + mol.getNumAtoms() > mol.getNumAtoms() + limits.rings) {
    std::vector<int> assignment;
    fragments = RDKit::MolOps::getMolFrags(mol, assignment);
  }
  check(mol.getNumAtoms(), mol.getNumBonds(), fragments, limits);
}

std::unique_ptr<RDKit::RWMol> crdkit::parse_raw(const std::string &smiles, crdkit_limits limits) {
  RDKit::SmilesParserParams raw;
  raw.sanitize = false;
  raw.removeHs = false;
  std::unique_ptr<RDKit::RWMol> mol(RDKit::SmilesToMol(smiles, raw));
  if (!mol) throw Refusal{CRDKIT_UNREADABLE, "not a SMILES"};
  check(*mol, limits);
  return mol;
}

void crdkit::finish(RDKit::RWMol &mol) {
  const bool implicit_only = false, update_explicit = true, sanitize = true;
  RDKit::MolOps::removeHs(mol, implicit_only, update_explicit, sanitize);
  const bool clean = true, force = true, flag_possible = true;
  RDKit::MolOps::assignStereochemistry(mol, clean, force, flag_possible);
}

// Morgan environments and most patterns ask for elements, degrees, hydrogens, charges, isotopes, ring
// membership and bond types with aromaticity. None of them needs conjugation, stereo or CIP ranks,
// which are more than a third of RDKit's full parse.
static constexpr unsigned int graph_steps =
    RDKit::MolOps::SANITIZE_CLEANUP | RDKit::MolOps::SANITIZE_PROPERTIES |
    RDKit::MolOps::SANITIZE_SYMMRINGS | RDKit::MolOps::SANITIZE_KEKULIZE |
    RDKit::MolOps::SANITIZE_FINDRADICALS | RDKit::MolOps::SANITIZE_SETAROMATICITY |
    RDKit::MolOps::SANITIZE_ADJUSTHS;

// Hybridization goes by conjugation.
static constexpr unsigned int hybridization_steps =
    RDKit::MolOps::SANITIZE_SETCONJUGATION | RDKit::MolOps::SANITIZE_SETHYBRIDIZATION;

// Written hydrogens are folded into their neighbours by the full path before it sanitises; dummy
// atoms may carry queries. Both are rare, so they take the full path.
static bool is_plain(const RDKit::ROMol &mol) {
  for (const auto atom : mol.atoms()) {
    if (atom->getAtomicNum() <= 1 || atom->hasQuery()) return false;
  }
  return true;
}

std::unique_ptr<RDKit::RWMol> crdkit::parse_graph(const std::string &smiles, crdkit_limits limits,
                                                  bool with_hybridization) {
  auto mol = parse_raw(smiles, limits);
  if (is_plain(*mol)) {
    unsigned int failed_step = 0;
    RDKit::MolOps::sanitizeMol(*mol, failed_step,
                               graph_steps | (with_hybridization ? hybridization_steps : 0));
  } else {
    finish(*mol);
  }
  return mol;
}

static std::unique_ptr<RDKit::RWMol> parse_smiles(const std::string &text, crdkit_limits limits) {
  auto mol = crdkit::parse_raw(text, limits);
  crdkit::finish(*mol);
  return mol;
}

extern "C" crdkit_status crdkit_parse_smiles(const char *bytes, size_t count, crdkit_limits limits,
                                             crdkit_molecule **molecule, crdkit_failure *failure) {
  return guarded(failure, [&] {
    *molecule = new crdkit_molecule(parse_smiles(std::string(bytes, count), limits));
  });
}

// The counts a mol block declares, read before RDKit allocates for them. {0, 0} where there are
// none: the reader will say what is wrong.
static std::pair<uint64_t, uint64_t> declared_counts(const std::string &block) {
  unsigned long atoms = 0, bonds = 0;
  const char *counts = std::strstr(block.c_str(), "M  V30 COUNTS ");
  if (counts) {
    if (std::sscanf(counts, "M  V30 COUNTS %lu %lu", &atoms, &bonds) != 2) return {0, 0};
    return {atoms, bonds};
  }
  size_t line = 0;
  for (int skipped = 0; skipped < 3; ++skipped) {
    line = block.find('\n', line);
    if (line == std::string::npos) return {0, 0};
    ++line;
  }
  const std::string first = block.substr(line, 3), second = block.substr(line, 6).erase(0, 3);
  if (std::sscanf(first.c_str(), "%lu", &atoms) != 1) return {0, 0};
  if (std::sscanf(second.c_str(), "%lu", &bonds) != 1) return {0, 0};
  return {atoms, bonds};
}

extern "C" crdkit_status crdkit_parse_molblock(const char *bytes, size_t count,
                                               crdkit_limits limits, crdkit_molecule **molecule,
                                               crdkit_failure *failure) {
  return guarded(failure, [&] {
    const std::string block(bytes, count);
    const auto [atoms, bonds] = declared_counts(block);
    // Fragments are unknown here; every atom could be one, so only a sure excess is refused.
    check(atoms, bonds, 0, limits);
    const bool sanitize = true, remove_hydrogens = true, strict = true;
    std::unique_ptr<RDKit::RWMol> mol(
        RDKit::MolBlockToMol(block, sanitize, remove_hydrogens, strict));
    if (!mol) throw Refusal{CRDKIT_UNREADABLE, "not a mol block"};
    check(*mol, limits);
    const bool clean = true, force = true, flag_possible = true;
    RDKit::MolOps::assignStereochemistry(*mol, clean, force, flag_possible);
    *molecule = new crdkit_molecule(std::move(mol));
  });
}

extern "C" void crdkit_molecule_destroy(crdkit_molecule *molecule) { delete molecule; }

extern "C" uint32_t crdkit_heavy_atom_count(const crdkit_molecule *molecule) {
  std::lock_guard<std::mutex> hold(molecule->lock);
  return molecule->mol->getNumHeavyAtoms();
}

extern "C" uint32_t crdkit_atom_count(const crdkit_molecule *molecule) {
  std::lock_guard<std::mutex> hold(molecule->lock);
  return molecule->mol->getNumAtoms();
}

extern "C" crdkit_status crdkit_warm_up(crdkit_failure *failure) {
  return guarded(failure, [&] {
    boost::logging::disable_logs("rdApp.*");
    const auto mol = parse_smiles("CC(=O)Oc1ccccc1C(=O)[O-].[Na+]", {100, 100});
    RDKit::MolToSmiles(*mol);
  });
}
