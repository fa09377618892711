// What the stream is made of; for the files of this target.
#ifndef CHTSLIB_STREAM_H
#define CHTSLIB_STREAM_H

#include <htslib/bgzf.h>
#include <htslib/hts.h>
#include <htslib/kstring.h>
#include <htslib/vcf.h>

#include "CHtslib.h"

enum { variants_chunk = 0x10000, variants_beginning_size = 64 };

struct variants {
  char *path;
  size_t most_record;
  int is_binary;
  int64_t line;

  // Text: blocks of bytes, a line put together from them.
  BGZF *text;
  char *chunk;
  size_t chunk_length, chunk_place;
  kstring_t record_text;
  size_t columns;
  char beginning[variants_beginning_size];

  htsFile *binary;
  kstring_t header_text;
  bcf_hdr_t *header;
  bcf1_t *record;

  // What was taken out of the record, for all its alleles.
  int32_t *genotypes;
  int genotypes_size, genotypes_count, genotypes_are_read;
  void *values;
  int values_size;
};

// Reads a line without its end into `line`. `variants_record_long` where it has more than `most`
// bytes: the rest of it is skipped.
variants_status variants_read_line(variants *stream, kstring_t *line, size_t most);
// Whether the stream ended where a file that was not cut would end.
variants_status variants_check_end(const BGZF *file);

#endif
