// Include before any RDKit or Boost header.
//
// Boost 1.74's MPL steps three enumerations past their last value, which clang 16 and later refuse
// in a constant expression. With a fixed underlying type every int is a value of the enumeration,
// so the step is legal. Their own headers are switched off by defining their include guards.
#ifndef CRDKIT_BOOST_ENUMS_H
#define CRDKIT_BOOST_ENUMS_H

#define BOOST_NUMERIC_CONVERSION_INT_FLOAT_MIXTURE_ENUM_FLC_12NOV2002_HPP
#define BOOST_NUMERIC_CONVERSION_SIGN_MIXTURE_ENUM_FLC_12NOV2002_HPP
#define BOOST_NUMERIC_CONVERSION_UDT_BUILTIN_MIXTURE_ENUM_FLC_12NOV2002_HPP

namespace boost {
namespace numeric {
enum int_float_mixture_enum : int {
  integral_to_integral,
  integral_to_float,
  float_to_integral,
  float_to_float
};
enum sign_mixture_enum : int {
  unsigned_to_unsigned,
  signed_to_signed,
  signed_to_unsigned,
  unsigned_to_signed
};
enum udt_builtin_mixture_enum : int {
  builtin_to_builtin,
  builtin_to_udt,
  udt_to_builtin,
  udt_to_udt
};
}  // namespace numeric
}  // namespace boost

#endif
