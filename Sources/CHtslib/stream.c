#include "stream.h"

#include <htslib/hts_log.h>
#include <stdlib.h>
#include <string.h>

// The header of VCF: lines that begin with #, of which the last names the columns.
static variants_status read_text_header(variants *stream, size_t most) {
  kstring_t line = {0, 0, NULL};
  variants_status status;
  int is_first = 1;
  while ((status = variants_read_line(stream, &line, most)) == variants_ok) {
    if (is_first && strncmp(line.s, "##fileformat=VCF", 16)) {
      status = strncmp(line.s, "#CHROM\t", 7) && strncmp(line.s, "##", 2)
        ? variants_foreign : variants_headless;
      break;
    }
    is_first = 0;
    if (line.s[0] != '#') { status = variants_headless; break; }
    if (stream->header_text.l + line.l + 1 > most) { status = variants_header_long; break; }
    if (kputsn(line.s, line.l, &stream->header_text) < 0 ||
        kputc('\n', &stream->header_text) < 0) { status = variants_memory; break; }
    if (!strncmp(line.s, "#CHROM\t", 7)) break;
  }
  free(line.s);
  if (status == variants_end) return is_first ? variants_foreign : variants_headless;
  return status == variants_record_long ? variants_header_long : status;
}

static variants_status read_binary_header(variants *stream, size_t most) {
  uint8_t start[9];
  if (bgzf_read(stream->text, start, 9) != 9) return variants_cut;
  if (start[3] != 2) return variants_foreign;
  size_t length = (size_t)start[5] | (size_t)start[6] << 8 | (size_t)start[7] << 16 |
    (size_t)start[8] << 24;
  if (length > most) return variants_header_long;
  if (ks_resize(&stream->header_text, length + 1) < 0) return variants_memory;
  if (bgzf_read(stream->text, stream->header_text.s, length) != (ssize_t)length)
    return variants_cut;
  stream->header_text.s[length] = 0;
  stream->header_text.l = strlen(stream->header_text.s);
  for (const char *byte = stream->header_text.s; *byte; byte++) stream->line += *byte == '\n';
  return variants_ok;
}

variants *variants_open(
    const char *path, size_t most_header, size_t most_record, variants_status *status) {
  // The library would write its own sentences to standard error; ours are errors and values.
  hts_set_log_level(HTS_LOG_OFF);
  *status = variants_memory;
  variants *stream = calloc(1, sizeof *stream);
  if (!stream) return NULL;
  stream->path = strdup(path);
  stream->chunk = malloc(variants_chunk);
  stream->record = bcf_init();
  if (!stream->path || !stream->chunk || !stream->record) return stream;
  stream->most_record = most_record;
  stream->text = bgzf_open(path, "r");
  if (!stream->text) { *status = variants_unopened; return stream; }
  ssize_t first = bgzf_peek(stream->text);
  if (first < 0) { *status = first == -1 ? variants_foreign : variants_damaged; return stream; }
  if (first == 'B') {
    // Only its first bytes are looked at here; records are read by the library's own reader.
    BGZF *probe = bgzf_open(path, "r");
    char magic[4] = "";
    ssize_t count = probe ? bgzf_read(probe, magic, 3) : -1;
    if (probe) bgzf_close(probe);
    stream->is_binary = count == 3 && !strcmp(magic, "BCF");
  }
  *status = stream->is_binary ? read_binary_header(stream, most_header)
                              : read_text_header(stream, most_header);
  return stream;
}

void variants_close(variants *stream) {
  if (!stream) return;
  if (stream->text) bgzf_close(stream->text);
  if (stream->binary) hts_close(stream->binary);
  if (stream->header) bcf_hdr_destroy(stream->header);
  if (stream->record) bcf_destroy(stream->record);
  free(stream->record_text.s);
  free(stream->header_text.s);
  free(stream->genotypes);
  free(stream->values);
  free(stream->chunk);
  free(stream->path);
  free(stream);
}

int variants_is_binary(const variants *stream) { return stream->is_binary; }

const char *variants_header(const variants *stream, size_t *length) {
  *length = stream->header_text.l;
  return stream->header_text.s ? stream->header_text.s : "";
}

variants_status variants_begin(variants *stream, const char *text) {
  if (stream->is_binary) {
    bgzf_close(stream->text);
    stream->text = NULL;
    stream->binary = hts_open(stream->path, "r");
    if (!stream->binary) return variants_unopened;
    stream->header = bcf_hdr_read(stream->binary);
    return stream->header ? variants_ok : variants_header_unreadable;
  }
  stream->header = bcf_hdr_init("r");
  char *copy = strdup(text);
  int status = stream->header && copy ? bcf_hdr_parse(stream->header, copy) : -1;
  free(copy);
  return status < 0 ? variants_header_unreadable : variants_ok;
}

size_t variants_samples(const variants *stream) {
  return (size_t)bcf_hdr_nsamples(stream->header);
}
