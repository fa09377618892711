// Lines of a file that may be packed, put together by ourselves: htslib's own reader of lines takes
// all the memory a line wants.
#include <string.h>

#include "stream.h"

variants_status variants_check_end(const BGZF *file) {
  if (file->errcode & (BGZF_ERR_ZLIB | BGZF_ERR_HEADER | BGZF_ERR_CRC)) return variants_damaged;
  if (file->errcode) return variants_cut;
  // bgzip ends a file with an empty block; a file that was cut between blocks lacks it.
  if (file->is_compressed && !file->is_gzip && file->no_eof_block) return variants_cut;
  return variants_end;
}

static variants_status fill(variants *stream) {
  ssize_t count = bgzf_read(stream->text, stream->chunk, variants_chunk);
  if (count < 0) {
    variants_status status = variants_check_end(stream->text);
    return status == variants_end ? variants_damaged : status;
  }
  stream->chunk_length = (size_t)count;
  stream->chunk_place = 0;
  return count ? variants_ok : variants_check_end(stream->text);
}

variants_status variants_read_line(variants *stream, kstring_t *line, size_t most) {
  int is_long = 0, has_begun = 0;
  line->l = 0;
  for (;;) {
    if (stream->chunk_place == stream->chunk_length) {
      variants_status status = fill(stream);
      // The last line may lack its end.
      if (status == variants_end && has_begun) break;
      if (status != variants_ok) return status;
    }
    has_begun = 1;
    const char *from = stream->chunk + stream->chunk_place;
    size_t left = stream->chunk_length - stream->chunk_place;
    const char *stop = memchr(from, '\n', left);
    size_t count = stop ? (size_t)(stop - from) : left;
    if (line->l + count > most) is_long = 1;
    if (!is_long && kputsn(from, count, line) < 0) return variants_memory;
    stream->chunk_place += count + (stop != NULL);
    if (stop) break;
  }
  stream->line += 1;
  // A line without a byte has no memory yet.
  if (kputsn("", 0, line) < 0) return variants_memory;
  if (line->l && line->s[line->l - 1] == '\r') line->s[--line->l] = 0;
  return is_long ? variants_record_long : variants_ok;
}
