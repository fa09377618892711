#include <string.h>

#include "stream.h"

// Looks at a line before htslib does: how many columns it has, and whether its samples, which the
// library stores at the width of the longest, stay within the limit.
static variants_status measure(variants *stream, const kstring_t *line) {
  size_t samples = variants_samples(stream), start = 0, longest = 0;
  stream->columns = 1;
  for (const char *tab = line->s; (tab = memchr(tab, '\t', line->l - (tab - line->s))); tab++) {
    size_t place = tab - line->s;
    if (stream->columns > 9 && place - start > longest) longest = place - start;
    start = place + 1;
    stream->columns += 1;
  }
  if (line->l - start > longest) longest = line->l - start;
  if (stream->columns != samples + 9) return variants_record_columns;
  return longest > stream->most_record / samples ? variants_record_wide : variants_ok;
}

// INFO is not asked for: without it the record costs less, and cannot fail by it.
static int without_info(kstring_t *line) {
  char *tab = line->s;
  for (int column = 0; column < 7; column++) tab = strchr(tab, '\t') + 1;
  char *next = strchr(tab, '\t');
  if (next == tab) return -1;
  size_t cut = next - tab - 1;
  *tab = '.';
  memmove(tab + 1, next, line->l - (next - line->s) + 1);
  line->l -= cut;
  return 0;
}

static variants_status next_line(variants *stream) {
  kstring_t *line = &stream->record_text;
  variants_status status;
  do {
    status = variants_read_line(stream, line, stream->most_record);
    if (status != variants_ok && status != variants_record_long) return status;
  } while (status == variants_ok && line->l == 0);
  size_t count = line->l < variants_beginning_size - 1 ? line->l : variants_beginning_size - 1;
  memcpy(stream->beginning, line->s, count);
  stream->beginning[count] = 0;
  if (status != variants_ok) return status;
  if (memchr(line->s, 0, line->l)) return variants_record_binary;
  status = measure(stream, line);
  if (status != variants_ok) return status;
  if (without_info(line) < 0) return variants_record_unreadable;
  if (vcf_parse(line, stream->header, stream->record) < 0) return variants_record_unreadable;
  // The rest of the flags says that a tag or a contig was not in the header, which does no harm.
  int faults = BCF_ERR_NCOLS | BCF_ERR_LIMITS | BCF_ERR_CHAR | BCF_ERR_CTG_INVALID |
    BCF_ERR_TAG_INVALID;
  return stream->record->errcode & faults ? variants_record_unreadable : variants_ok;
}

// Whether the next record's two lengths, where they stand in one block, are beyond the limit: the
// library would take memory for as much as they say.
static int is_absurd(const variants *stream) {
  BGZF *file = stream->binary->fp.bgzf;
  if (bgzf_peek(file) < 0 || file->block_length - file->block_offset < 8) return 0;
  const uint8_t *at = (const uint8_t *)file->uncompressed_block + file->block_offset;
  uint64_t sum = 0;
  for (int place = 0; place < 8; place++) sum += (uint64_t)at[place] << (place % 4 * 8);
  return sum > 4 * (uint64_t)stream->most_record;
}

static variants_status next_binary(variants *stream) {
  stream->line += 1;
  stream->beginning[0] = 0;
  if (is_absurd(stream)) return variants_damaged;
  int status = bcf_read(stream->binary, stream->header, stream->record);
  if (status == -1) return variants_check_end(stream->binary->fp.bgzf);
  if (status < 0) {
    variants_status end = variants_check_end(stream->binary->fp.bgzf);
    return end == variants_end ? variants_damaged : end;
  }
  if (stream->record->shared.l + stream->record->indiv.l > 4 * stream->most_record)
    return variants_record_long;
  return stream->record->n_sample == variants_samples(stream)
    ? variants_ok : variants_damaged;
}

variants_status variants_next(variants *stream) {
  stream->genotypes_are_read = 0;
  bcf_clear(stream->record);
  variants_status status = stream->is_binary ? next_binary(stream) : next_line(stream);
  if (status != variants_ok) return status;
  return bcf_unpack(stream->record, BCF_UN_FLT) < 0 ? variants_record_unreadable : variants_ok;
}

int64_t variants_line(const variants *stream) { return stream->line; }
size_t variants_columns(const variants *stream) { return stream->columns; }
const char *variants_beginning(const variants *stream) { return stream->beginning; }

static const char *text(const char *found) { return found ? found : ""; }

const char *variants_chromosome(const variants *stream) {
  int number = stream->record->rid;
  if (number < 0 || number >= stream->header->n[BCF_DT_CTG]) return "";
  return text(stream->header->id[BCF_DT_CTG][number].key);
}

int64_t variants_position(const variants *stream) { return stream->record->pos + 1; }
const char *variants_id(const variants *stream) { return text(stream->record->d.id); }
size_t variants_alleles(const variants *stream) { return stream->record->n_allele; }

const char *variants_allele(const variants *stream, size_t number) {
  return text(stream->record->d.allele[number]);
}

size_t variants_filters(const variants *stream) { return (size_t)stream->record->d.n_flt; }

const char *variants_filter(const variants *stream, size_t number) {
  int filter = stream->record->d.flt[number];
  if (filter < 0 || filter >= stream->header->n[BCF_DT_ID]) return "";
  return text(stream->header->id[BCF_DT_ID][filter].key);
}
