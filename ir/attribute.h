/* Attributes and locations: uniqued in a context, so equal attributes are equal pointers.
 *
 * Exception: a dense resource is uniqued by its resource, never by its bytes. Constructors return
 * NULL only when memory runs out; all data is copied unless it says otherwise. */
#ifndef COCO_IR_ATTRIBUTE_H
#define COCO_IR_ATTRIBUTE_H

#include "ir/affine.h"
#include "ir/type.h"

typedef enum coco_attribute_kind {
  COCO_ATTRIBUTE_UNIT,
  COCO_ATTRIBUTE_INTEGER,        /* type (integer or index; i1 prints as true/false), integer, words when wider than 64 */
  COCO_ATTRIBUTE_FLOAT,          /* type, real (already rounded to the type) */
  COCO_ATTRIBUTE_STRING,         /* text, type (NULL: none) */
  COCO_ATTRIBUTE_TYPE,           /* type */
  COCO_ATTRIBUTE_ARRAY,          /* elements */
  COCO_ATTRIBUTE_DICTIONARY,     /* entries, sorted by name, no duplicates */
  COCO_ATTRIBUTE_SYMBOL,         /* text is the root; elements are the nested (symbol) references */
  COCO_ATTRIBUTE_AFFINE_MAP,     /* map */
  COCO_ATTRIBUTE_INTEGER_SET,    /* map holds the constraints, flags[i]: 1 equality (== 0), 0 inequality (>= 0) */
  COCO_ATTRIBUTE_STRIDED_LAYOUT, /* integers: strides; integer: offset (COCO_DYNAMIC where '?') */
  COCO_ATTRIBUTE_DENSE,          /* type (tensor or vector, static), data: one element when splat, else all; row-major */
  COCO_ATTRIBUTE_DENSE_STRINGS,  /* type, elements (string attributes): one when splat, else all */
  COCO_ATTRIBUTE_DENSE_RESOURCE, /* type, resource */
  COCO_ATTRIBUTE_DENSE_ARRAY,    /* type is the ELEMENT type (i1 i8 i16 i32 i64 f32 f64), data, count */
  COCO_ATTRIBUTE_SPARSE,         /* type; elements: the indices (i64, one row each) and the values, both DENSE or DENSE_STRINGS */
  COCO_ATTRIBUTE_DISTINCT,       /* integer: which one, among all of the context; child */
  COCO_ATTRIBUTE_OPAQUE,         /* text: an unregistered dialect's attribute without the leading '#'; type (NULL: none) */
  COCO_ATTRIBUTE_DIALECT,        /* definition, elements: one per parameter of its row, NULL where absent */
  COCO_LOCATION_UNKNOWN,
  COCO_LOCATION_FILE,            /* text is the file, line, column */
  COCO_LOCATION_NAME,            /* text, child (NULL: unknown) */
  COCO_LOCATION_CALL_SITE,       /* child is the callee, caller */
  COCO_LOCATION_FUSED            /* elements, metadata in child (NULL: none) */
} coco_attribute_kind;

typedef struct coco_named_attribute {
  coco_string name; /* inside the IR: interned, see coco_context_intern */
  const coco_attribute *value;
} coco_named_attribute;

struct coco_attribute {
  coco_attribute_kind kind;
  bool splat;
  const coco_type *type;
  size_t count; /* elements, entries, integers, or dense-array elements */
  union {
    int64_t integer; /* sign-extended; for unsigned types the bit pattern */
    double real;
    struct { int64_t line, column; };
  };
  union {
    const coco_attribute *const *elements;
    const coco_named_attribute *entries;
    const int64_t *integers;
    const uint64_t *words; /* COCO_ATTRIBUTE_INTEGER wider than 64 bits: least significant first; else NULL */
    const void *data;
    const uint8_t *flags;
  };
  coco_string text;
  size_t data_size; /* bytes of data */
  union {
    const coco_affine_map *map;
    coco_resource *resource;
    const coco_attribute_definition *definition;
    const coco_attribute *child;
  };
  const coco_attribute *caller;
};

/* ---- Constructors ---- */
const coco_attribute *coco_attribute_unit(coco_context *context);
const coco_attribute *coco_attribute_bool(coco_context *context, bool value);                          /* an i1 */
const coco_attribute *coco_attribute_integer(coco_context *context, const coco_type *type, int64_t value); /* truncated to the width */
const coco_attribute *coco_attribute_integer_wide(coco_context *context, const coco_type *type, const uint64_t *words, size_t count);
const coco_attribute *coco_attribute_i64(coco_context *context, int64_t value);
const coco_attribute *coco_attribute_i32(coco_context *context, int32_t value);
const coco_attribute *coco_attribute_index(coco_context *context, int64_t value);
const coco_attribute *coco_attribute_float(coco_context *context, const coco_type *type, double value); /* rounds to the type */
const coco_attribute *coco_attribute_f32(coco_context *context, float value);
const coco_attribute *coco_attribute_string(coco_context *context, coco_string text);
const coco_attribute *coco_attribute_string_typed(coco_context *context, coco_string text, const coco_type *type);
const coco_attribute *coco_attribute_type(coco_context *context, const coco_type *type);
const coco_attribute *coco_attribute_array(coco_context *context, const coco_attribute *const *elements, size_t count);
/* Sorts; leaves out NULL values; of two entries with one name the later wins (the parser rejects them before). */
const coco_attribute *coco_attribute_dictionary(coco_context *context, const coco_named_attribute *entries, size_t count);
const coco_attribute *coco_attribute_symbol(coco_context *context, coco_string name); /* @name */
const coco_attribute *coco_attribute_symbol_nested(coco_context *context, coco_string root, const coco_attribute *const *nested, size_t count);
const coco_attribute *coco_attribute_affine_map(coco_context *context, const coco_affine_map *map);
const coco_attribute *coco_attribute_integer_set(coco_context *context, const coco_affine_map *constraints, const uint8_t *equalities);
const coco_attribute *coco_attribute_strided_layout(coco_context *context, int64_t offset, const int64_t *strides, size_t count);
/* DATA_SIZE is one element (splat) or all. Equal elements are turned into a splat. i1: one byte each. */
const coco_attribute *coco_attribute_dense(coco_context *context, const coco_type *type, const void *data, size_t data_size);
const coco_attribute *coco_attribute_dense_strings(coco_context *context, const coco_type *type, const coco_attribute *const *elements, size_t count);
const coco_attribute *coco_attribute_dense_resource(coco_context *context, const coco_type *type, coco_resource *resource);
const coco_attribute *coco_attribute_dense_array(coco_context *context, const coco_type *element, const void *data, size_t count);
const coco_attribute *coco_attribute_i64_array(coco_context *context, const int64_t *values, size_t count);
const coco_attribute *coco_attribute_i32_array(coco_context *context, const int32_t *values, size_t count);
const coco_attribute *coco_attribute_opaque(coco_context *context, coco_string text, const coco_type *type);
/* INDICES and VALUES agree with TYPE, as the parser checks. */
const coco_attribute *coco_attribute_sparse(coco_context *context, const coco_type *type, const coco_attribute *indices,
                                            const coco_attribute *values);
/* Equal to no other that this call makes, whatever CHILD is. */
const coco_attribute *coco_attribute_distinct(coco_context *context, const coco_attribute *child);
const coco_attribute *coco_attribute_dialect(coco_context *context, const coco_attribute_definition *definition,
                                             const coco_attribute *const *parameters);

/* ---- Locations ---- */
/* Handles, equal when they are the same. Not to be followed: a place in a file is packed into the handle. */
const coco_location *coco_location_unknown(coco_context *context);
const coco_location *coco_location_file(coco_context *context, coco_string file, int64_t line, int64_t column);
const coco_location *coco_location_name(coco_context *context, coco_string name, const coco_location *child);
const coco_location *coco_location_call_site(coco_context *context, const coco_location *callee, const coco_location *caller);
/* Few locations are kept without unknown ones and repetitions; a single one without METADATA is itself. */
const coco_location *coco_location_fused(coco_context *context, const coco_location *const *locations, size_t count,
                                         const coco_attribute *metadata);

/* LOCATION as an attribute to read at once: a place in a file is unpacked into STORAGE. Those inside it are
 * attributes. */
const coco_attribute *coco_location_read(const coco_context *context, const coco_location *location,
                                         coco_attribute *storage);
/* LOCATION as an attribute of the context, and back. */
const coco_attribute *coco_location_attribute(coco_context *context, const coco_location *location);
const coco_location *coco_location_from_attribute(coco_context *context, const coco_attribute *attribute);
coco_attribute_kind coco_location_kind(const coco_location *location);
/* The first name inside LOCATION: a layer's name for reports; empty when there is none. */
coco_string coco_location_layer(const coco_location *location);
typedef struct coco_file_place {
  coco_string file;
  int64_t line, column;
} coco_file_place;
/* The first place in a file inside LOCATION; false when there is none, or no LOCATION. */
bool coco_location_find_file(const coco_context *context, const coco_location *location, coco_file_place *out);

/* ---- Reading ---- */
static inline bool coco_attribute_is(const coco_attribute *attribute, coco_attribute_kind kind) {
  return attribute && attribute->kind == kind;
}
const coco_attribute *coco_dictionary_get(const coco_attribute *dictionary, coco_string name); /* NULL: absent */
/* A dictionary with NAME set to VALUE, or removed when VALUE is NULL. DICTIONARY may be NULL (empty). */
const coco_attribute *coco_dictionary_with(coco_context *context, const coco_attribute *dictionary, coco_string name, const coco_attribute *value);
/* i64 dense arrays. */
static inline const int64_t *coco_attribute_i64s(const coco_attribute *attribute) { return attribute ? (const int64_t *)attribute->data : NULL; }
/* Elements attributes (DENSE or DENSE_RESOURCE): a pointer to the bytes of element INDEX (splats handled);
 * NULL when a resource's bytes are not at hand. Elements are not necessarily aligned: use memcpy. */
const void *coco_elements_at(const coco_attribute *elements, int64_t index);
/* Whole data of an elements attribute; *out_splat tells whether it is a single element. NULL when not at hand. */
const void *coco_elements_data(const coco_attribute *elements, bool *out_splat);
bool coco_attribute_is_elements(const coco_attribute *attribute);

/* Numbers in buffers, by scalar type. Reals: any float or integer type; integers: integer, index. Unaligned is allowed. */
double coco_element_read_real(const coco_type *scalar, const void *element);
void coco_element_write_real(const coco_type *scalar, void *element, double value); /* rounds to nearest even */
int64_t coco_element_read_integer(const coco_type *scalar, const void *element);    /* sign- or zero-extended by signedness; signless: sign, i1: 0/1 */
void coco_element_write_integer(const coco_type *scalar, void *element, int64_t value);
double coco_round_to_format(coco_float_format format, double value);

/* ---- Dialect attributes, declared by rows (see ir/definition.h) ---- */
/* Parameter NAME of ATTRIBUTE, whose row is ROW: COCO_PARAMETER(layout, lr_layout, halo). */
#define COCO_PARAMETER(attribute, row, name) \
  ((attribute)->elements[offsetof(struct coco_##row##_parameters, name)])

#endif
