#include <math.h>

#include "stream.h"

// How a tag is stored in the record, or -1. The library ends the whole program where a stored type is
// one it does not expect, so types of strangers are looked at first.
static int stored_type(variants *stream, const char *tag) {
  bcf_fmt_t *format = bcf_get_fmt(stream->header, stream->record, tag);
  if (!format || !format->p) return -1;
  return format->type;
}

static int is_integer(int type) {
  return type == BCF_BT_INT8 || type == BCF_BT_INT16 || type == BCF_BT_INT32;
}

// The alleles of every sample, taken out once for all alleles of the record.
static int read_genotypes(variants *stream) {
  if (stream->genotypes_are_read) return stream->genotypes_count;
  int stored = stored_type(stream, "GT");
  stream->genotypes_are_read = 1;
  stream->genotypes_count = stored < 0 ? 0 : -1;
  if (!is_integer(stored)) return stream->genotypes_count;
  int count = bcf_get_format_values(
      stream->header, stream->record, "GT", (void **)&stream->genotypes, &stream->genotypes_size,
      BCF_HT_INT);
  stream->genotypes_count = count < 0 ? -1 : count;
  return stream->genotypes_count;
}

int variants_copies(variants *stream, size_t allele, int8_t *copies) {
  int count = read_genotypes(stream);
  if (count <= 0) return count;
  size_t samples = variants_samples(stream), ploidy = (size_t)count / samples;
  for (size_t sample = 0; sample < samples; sample++) {
    const int32_t *called = stream->genotypes + sample * ploidy;
    size_t chromosomes = 0;
    int found = 0, is_missing = 0;
    for (; chromosomes < ploidy && called[chromosomes] != bcf_int32_vector_end; chromosomes++) {
      int32_t code = called[chromosomes];
      int number = bcf_gt_allele(code);
      if (number >= (int)stream->record->n_allele) return -2;
      if (bcf_gt_is_missing(code) || number < 0) is_missing = 1;
      else found += (size_t)number == allele;
    }
    if (is_missing || chromosomes == 0 || chromosomes > 2) copies[sample] = -1;
    else copies[sample] = (int8_t)(chromosomes == 1 ? 2 * found : found);
  }
  return 1;
}

int variants_numbers(variants *stream, const char *tag, size_t place, float *numbers) {
  int id = bcf_hdr_id2int(stream->header, BCF_DT_ID, tag);
  if (id < 0 || !bcf_hdr_idinfo_exists(stream->header, BCF_HL_FMT, id)) return 0;
  int type = (int)bcf_hdr_id2type(stream->header, BCF_HL_FMT, id);
  int stored = stored_type(stream, tag);
  if (stored < 0) return 0;
  if (!(type == BCF_HT_INT && is_integer(stored)) &&
      !(type == BCF_HT_REAL && stored == BCF_BT_FLOAT)) return -1;
  // The buffer is of 32-bit values either way.
  int count = bcf_get_format_values(
      stream->header, stream->record, tag, &stream->values, &stream->values_size, type);
  if (count < 0) return -1;
  size_t samples = variants_samples(stream), width = (size_t)count / samples;
  for (size_t sample = 0; sample < samples; sample++) {
    size_t from = sample * width + place;
    numbers[sample] = NAN;
    if (place >= width) continue;
    if (type == BCF_HT_INT) {
      int32_t value = ((int32_t *)stream->values)[from];
      // A vector that ended, or a missing value, lies at the lower end of the range.
      if (value > bcf_int32_vector_end) numbers[sample] = (float)value;
    } else {
      float value = ((float *)stream->values)[from];
      if (!bcf_float_is_missing(value) && !bcf_float_is_vector_end(value)) numbers[sample] = value;
    }
  }
  return (int)width;
}
