// Bit positions and 16-bit floats: scalar code that no version needs to differ in.
#include "CTensors.h"

#include <string.h>

size_t ct_set_bits(const uint64_t *words, size_t count, int32_t *out) {
  size_t n = 0;
  for (size_t w = 0; w < count; w++)
    for (uint64_t rest = words[w]; rest; rest &= rest - 1)
      out[n++] = (int32_t)(w * 64) + __builtin_ctzll(rest);
  return n;
}

static uint32_t bits_of(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

static float float_of(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

float ct_from_bfloat16(uint16_t bits) { return float_of((uint32_t)bits << 16); }

uint16_t ct_to_bfloat16(float value) {
  uint32_t bits = bits_of(value);
  // A NaN whose low half holds its only set bits must not round to infinity.
  if ((bits & 0x7fffffffu) > 0x7f800000u) return (uint16_t)(bits >> 16 | 0x40u);
  return (uint16_t)((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16);
}

float ct_from_half(uint16_t half) {
  uint32_t sign = (uint32_t)(half & 0x8000u) << 16, exponent = half >> 10 & 31u,
           fraction = half & 0x3ffu;
  if (exponent == 31) return float_of(sign | 0x7f800000u | fraction << 13);
  if (exponent) return float_of(sign | (exponent + 112) << 23 | fraction << 13);
  // Subnormal: fraction * 2^-24, exact in single precision.
  float size = (float)fraction * 0x1p-24f;
  return sign ? -size : size;
}

uint16_t ct_to_half(float value) {
  uint32_t bits = bits_of(value), sign = bits >> 16 & 0x8000u, size = bits & 0x7fffffffu;
  if (size > 0x7f800000u) return (uint16_t)(sign | 0x7e00u);
  if (size >= 0x477ff000u) return (uint16_t)(sign | 0x7c00u);
  // Below 2^-14 the halves are multiples of 2^-24: let the addition round.
  if (size < 0x38800000u) return (uint16_t)(sign | (bits_of(float_of(size) + 0.5f) - 0x3f000000u));
  size += 0xc8000fffu + (size >> 13 & 1u);
  return (uint16_t)(sign | size >> 13);
}
