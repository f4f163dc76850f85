/* Numbers in buffers: integers of any width up to 64 bits and the float formats, read and written one at a time.
 * Narrow floats are rounded to nearest, ties to even, straight from the double. */
#include <math.h>

#include "ir/attribute.h"

/* A binary format: sign, exponent, mantissa. */
typedef struct format_shape {
  int exponent_bits, mantissa_bits, bias;
  bool has_infinity;
  bool negative_zero_is_nan; /* the FNUZ formats: one NaN, no infinity, no negative zero */
} format_shape;

static bool narrow_shape(coco_float_format format, format_shape *out) {
  switch (format) {
    case COCO_F16: *out = (format_shape){5, 10, 15, true, false}; return true;
    case COCO_BF16: *out = (format_shape){8, 7, 127, true, false}; return true;
    case COCO_TF32: *out = (format_shape){8, 10, 127, true, false}; return true;
    case COCO_F8E5M2: *out = (format_shape){5, 2, 15, true, false}; return true;
    case COCO_F8E4M3: *out = (format_shape){4, 3, 7, true, false}; return true;
    case COCO_F8E3M4: *out = (format_shape){3, 4, 3, true, false}; return true;
    case COCO_F8E4M3FN: *out = (format_shape){4, 3, 7, false, false}; return true;
    case COCO_F8E5M2FNUZ: *out = (format_shape){5, 2, 16, false, true}; return true;
    case COCO_F8E4M3FNUZ: *out = (format_shape){4, 3, 8, false, true}; return true;
    case COCO_F8E4M3B11FNUZ: *out = (format_shape){4, 3, 11, false, true}; return true;
    default: return false;
  }
}

static uint32_t narrow_nan(const format_shape *shape, uint32_t sign) {
  int width = shape->exponent_bits + shape->mantissa_bits;
  if (shape->negative_zero_is_nan) return 1u << width;
  uint32_t exponent = ((1u << shape->exponent_bits) - 1) << shape->mantissa_bits;
  uint32_t mantissa = shape->has_infinity ? 1u << (shape->mantissa_bits - 1) : (1u << shape->mantissa_bits) - 1;
  return sign << width | exponent | mantissa;
}

static uint32_t narrow_encode(const format_shape *shape, double value) {
  int width = shape->exponent_bits + shape->mantissa_bits;
  uint32_t sign = signbit(value) ? 1 : 0;
  if (isnan(value)) return narrow_nan(shape, sign);
  uint32_t all_ones = (1u << shape->exponent_bits) - 1;
  uint32_t infinity = all_ones << shape->mantissa_bits;
  uint32_t largest = shape->has_infinity ? infinity - 1 : shape->negative_zero_is_nan ? (1u << width) - 1 : (1u << width) - 2;
  double magnitude = fabs(value);
  uint32_t bits = 0;
  bool too_large = isinf(magnitude);
  if (!too_large && magnitude != 0) {
    int exponent;
    frexp(magnitude, &exponent); /* magnitude = f * 2^exponent, 0.5 <= f < 1 */
    int lowest = 1 - shape->bias;
    int scale = exponent - 1 < lowest ? lowest : exponent - 1;
    double steps = nearbyint(ldexp(magnitude, shape->mantissa_bits - scale)); /* ties to even */
    uint64_t wide = (uint64_t)steps + ((uint64_t)(scale - lowest) << shape->mantissa_bits);
    if (scale - lowest >= 0 && wide > largest) too_large = true;
    else bits = (uint32_t)wide;
  }
  if (too_large) return shape->has_infinity ? sign << width | infinity : narrow_nan(shape, sign);
  if (bits == 0 && shape->negative_zero_is_nan) return 0;
  return sign << width | bits;
}

static double narrow_decode(const format_shape *shape, uint32_t bits) {
  int width = shape->exponent_bits + shape->mantissa_bits;
  bool negative = (bits >> width & 1) != 0;
  uint32_t all_ones = (1u << shape->exponent_bits) - 1;
  uint32_t exponent = bits >> shape->mantissa_bits & all_ones, mantissa = bits & ((1u << shape->mantissa_bits) - 1);
  if (shape->negative_zero_is_nan && bits == 1u << width) return NAN;
  if (shape->has_infinity && exponent == all_ones) return mantissa ? NAN : negative ? -INFINITY : INFINITY;
  if (!shape->has_infinity && !shape->negative_zero_is_nan && exponent == all_ones && mantissa == (1u << shape->mantissa_bits) - 1) return NAN;
  double value = exponent == 0 ? ldexp(mantissa, 1 - shape->bias - shape->mantissa_bits)
                               : ldexp((double)(mantissa + (1u << shape->mantissa_bits)), (int)exponent - shape->bias - shape->mantissa_bits);
  return negative ? -value : value;
}

double coco_round_to_format(coco_float_format format, double value) {
  format_shape shape;
  if (format == COCO_F32) return (double)(float)value;
  return narrow_shape(format, &shape) ? narrow_decode(&shape, narrow_encode(&shape, value)) : value;
}

static uint64_t load_bits(const void *element, size_t size) {
  uint64_t bits = 0;
  uint8_t bytes[8] = {0};
  memcpy(bytes, element, size > 8 ? 8 : size);
  for (int i = 7; i >= 0; --i) bits = bits << 8 | bytes[i];
  return bits;
}

static void store_bits(void *element, size_t size, uint64_t bits) {
  uint8_t bytes[16] = {0};
  for (int i = 0; i < 8; ++i) bytes[i] = (uint8_t)(bits >> (8 * i));
  memcpy(element, bytes, size > 16 ? 16 : size);
}

double coco_element_read_real(const coco_type *scalar, const void *element) {
  if (scalar->kind != COCO_TYPE_FLOAT) {
    int64_t integer = coco_element_read_integer(scalar, element);
    bool is_unsigned = scalar->kind == COCO_TYPE_INTEGER && scalar->signedness == COCO_UNSIGNED;
    return is_unsigned ? (double)(uint64_t)integer : (double)integer;
  }
  if (scalar->format == COCO_F32) {
    float value;
    memcpy(&value, element, sizeof value);
    return value;
  }
  format_shape shape;
  if (narrow_shape(scalar->format, &shape)) return narrow_decode(&shape, (uint32_t)load_bits(element, coco_type_element_size(scalar)));
  double value; /* f64; wider formats keep a double in their first bytes */
  memcpy(&value, element, sizeof value);
  return value;
}

void coco_element_write_real(const coco_type *scalar, void *element, double value) {
  if (scalar->kind != COCO_TYPE_FLOAT) {
    /* Saturates, so that no conversion is undefined. */
    int64_t integer = isnan(value) ? 0 : value >= 9223372036854775808.0 ? INT64_MAX : value < -9223372036854775808.0 ? INT64_MIN : (int64_t)value;
    coco_element_write_integer(scalar, element, integer);
    return;
  }
  if (scalar->format == COCO_F32) {
    float narrow = (float)value;
    memcpy(element, &narrow, sizeof narrow);
    return;
  }
  format_shape shape;
  size_t size = coco_type_element_size(scalar);
  if (narrow_shape(scalar->format, &shape)) {
    store_bits(element, size, narrow_encode(&shape, value));
    return;
  }
  memset(element, 0, size);
  memcpy(element, &value, sizeof value);
}

int64_t coco_element_read_integer(const coco_type *scalar, const void *element) {
  uint64_t bits = load_bits(element, coco_type_element_size(scalar));
  uint32_t width = coco_type_bits(scalar);
  if (width >= 64 || width == 0) return (int64_t)bits;
  uint64_t mask = ((uint64_t)1 << width) - 1;
  bits &= mask;
  bool negative = width > 1 && scalar->signedness != COCO_UNSIGNED && (bits >> (width - 1)) != 0;
  return (int64_t)(negative ? bits | ~mask : bits);
}

void coco_element_write_integer(const coco_type *scalar, void *element, int64_t value) {
  uint32_t width = coco_type_bits(scalar);
  uint64_t bits = (uint64_t)value;
  if (width < 64) bits &= ((uint64_t)1 << width) - 1;
  size_t size = coco_type_element_size(scalar);
  store_bits(element, size, bits);
}
