// From exceptions to status codes, and texts that cross the border.
#include "molecule.h"

#include <GraphMol/FileParsers/FileParsers.h>
#include <GraphMol/SanitException.h>
#include <GraphMol/SmilesParse/SmilesParse.h>
#include <RDGeneral/FileParseException.h>
#include <RDGeneral/Invariant.h>

#include <cstdlib>
#include <cstring>
#include <new>

namespace crdkit {

static crdkit_status tell(crdkit_failure *failure, crdkit_status status, const char *text,
                          int64_t number = 0) noexcept {
  if (failure) {
    std::strncpy(failure->text, text, sizeof failure->text - 1);
    failure->text[sizeof failure->text - 1] = '\0';
    failure->number = number;
  }
  return status;
}

crdkit_status explain(crdkit_failure *failure) noexcept {
  try {
    throw;
  } catch (const Refusal &refusal) {
    return tell(failure, refusal.status, refusal.text.c_str(), refusal.number);
  } catch (const RDKit::AtomValenceException &error) {
    return tell(failure, CRDKIT_VALENCE, error.what(), error.getAtomIdx());
  } catch (const RDKit::AtomSanitizeException &error) {
    return tell(failure, CRDKIT_KEKULIZE, error.what(), error.getAtomIdx());
  } catch (const RDKit::MolSanitizeException &error) {
    return tell(failure, CRDKIT_KEKULIZE, error.what());
  } catch (const RDKit::SmilesParseException &error) {
    return tell(failure, CRDKIT_UNREADABLE, error.what());
  } catch (const RDKit::FileParseException &error) {
    return tell(failure, CRDKIT_UNREADABLE, error.what());
  } catch (const std::bad_alloc &) {
    return tell(failure, CRDKIT_OUT_OF_MEMORY, "out of memory");
  } catch (const std::exception &error) {
    return tell(failure, CRDKIT_FAILED, error.what());
  } catch (...) {
    return tell(failure, CRDKIT_FAILED, "an unknown exception");
  }
}

crdkit_text give(const std::string &text) {
  char *bytes = static_cast<char *>(std::malloc(text.size() + 1));
  if (!bytes) throw std::bad_alloc();
  std::memcpy(bytes, text.c_str(), text.size() + 1);
  return {bytes, text.size()};
}

}  // namespace crdkit

extern "C" void crdkit_text_release(crdkit_text text) {
  std::free(const_cast<char *>(text.bytes));
}
