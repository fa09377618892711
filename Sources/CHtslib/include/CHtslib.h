// Variant calls (VCF, VCF.gz, BCF) by htslib: one record at a time, plain C values only.
//
// A stream is opened, its header is handed out as text, reading begins with a header that the
// caller checked, and then every call of `variants_next` replaces the record before. A line that
// cannot be used is a status, and the stream goes on behind it; memory is bounded by the limits.
// Not for two threads at once.
#ifndef CHTSLIB_H
#define CHTSLIB_H

#include <stddef.h>
#include <stdint.h>

typedef struct variants variants;

typedef enum variants_status {
  variants_ok = 0,
  variants_end,              // no record is left
  variants_unopened,         // no such file, or it may not be read
  variants_foreign,          // neither VCF nor BCF
  variants_headless,         // ends, or goes on with records, before the line of columns
  variants_header_long,      // the header has more bytes than the limit
  variants_header_unreadable,
  variants_damaged,          // the compression or the binary layout is broken
  variants_cut,              // ends within a block, within a record, or without its end mark
  variants_memory,
  // The record is refused, and the next may follow.
  variants_record_long,      // more bytes than the limit
  variants_record_wide,      // its longest sample times the samples is beyond the limit
  variants_record_columns,   // another number of columns than the header
  variants_record_binary,    // holds a NUL
  variants_record_unreadable
} variants_status;

// Opens a local file and reads its header. `path` is absolute, so that it is no address of a net.
// NULL where there is no memory; close it whatever the status.
variants *variants_open(
    const char *path, size_t most_header, size_t most_record, variants_status *status);
void variants_close(variants *stream);

// Whether the file is BCF.
int variants_is_binary(const variants *stream);
// The header as it stands in the file, without an end mark.
const char *variants_header(const variants *stream, size_t *length);

// Begins to read. Records of VCF are read by the header in `text` (ended by NUL); those of BCF by
// the file's own, since they refer to its lines by number.
variants_status variants_begin(variants *stream, const char *text);
// How many samples the records have.
size_t variants_samples(const variants *stream);

// Reads the next record.
variants_status variants_next(variants *stream);
// The record's line, or its number in BCF behind the header's lines; counted from 1.
int64_t variants_line(const variants *stream);
// How many columns the line has, and its beginning, for a record that was refused.
size_t variants_columns(const variants *stream);
const char *variants_beginning(const variants *stream);

// The record's fields; texts live until the next record. The position counts from 1.
const char *variants_chromosome(const variants *stream);
int64_t variants_position(const variants *stream);
const char *variants_id(const variants *stream);
size_t variants_alleles(const variants *stream);
const char *variants_allele(const variants *stream, size_t number);
size_t variants_filters(const variants *stream);
const char *variants_filter(const variants *stream, size_t number);

// Copies of an allele by sample: 0, 1, 2; one of one chromosome counts as 2; -1 where any allele is
// missing or there are more than two. Returns 1; 0 where the record has no GT; -1 where GT cannot be
// read; -2 where a sample names an allele that the record does not have.
int variants_copies(variants *stream, size_t allele, int8_t *copies);
// A number by sample under a FORMAT tag, the one at `place` of each sample's; NaN where it is
// missing. Returns how many numbers a sample has; 0 where there is no such tag; -1 for no numbers.
int variants_numbers(variants *stream, const char *tag, size_t place, float *numbers);

#endif
