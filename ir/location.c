/* Locations: handles, most of which need no memory.
 *
 * Nearly every operation that was read has a place in a file of its own, and hardly any is ever asked for. So such a
 * place is packed into the handle itself: bit 0 is set, which no address of an attribute has, then the file's number
 * in the context, the column and the line. What does not fit (the 257th file, a column over 2^23) and all other kinds
 * are uniqued attributes, and the handle is their address. Each location has one form, so equal ones are equal
 * handles. */
#include "ir/context_internal.h"

enum { FILE_SHIFT = 1, COLUMN_SHIFT = 9, LINE_SHIFT = 32 };

static bool is_packed(const coco_location *location) { return ((uintptr_t)location & 1) != 0; }
static uint64_t packed_file(const coco_location *location) {
  return ((uint64_t)(uintptr_t)location >> FILE_SHIFT) & 0xff;
}
static int64_t packed_line(const coco_location *location) {
  return (int64_t)((uint64_t)(uintptr_t)location >> LINE_SHIFT);
}
static int64_t packed_column(const coco_location *location) {
  return (int64_t)(((uint64_t)(uintptr_t)location & UINT32_MAX) >> COLUMN_SHIFT);
}

/* The attribute behind a handle that is not packed. */
static const coco_attribute *attribute_behind(const coco_location *location) {
  return (const coco_attribute *)(const void *)location;
}
static const coco_location *handle_of(const coco_attribute *attribute) {
  return (const coco_location *)(const void *)attribute;
}

/* The number of a file that the context has not seen by this address; COCO_LOCATION_FILES: it gets none; one more: no
 * memory. */
static COCO_NO_INLINE size_t number_file(coco_context *context, coco_string file) {
  for (size_t i = 0; i < context->location_file_count; ++i)
    if (coco_string_equal(context->location_files[i], file)) return i;
  if (context->location_file_count == COCO_LOCATION_FILES) return COCO_LOCATION_FILES;
  coco_string kept = coco_context_intern(context, file);
  if (!kept.data) return COCO_LOCATION_FILES + 1;
  context->location_files[context->location_file_count] = kept;
  return context->location_file_count++;
}

static size_t file_number(coco_context *context, coco_string file) {
  for (size_t i = 0; i < context->location_file_count; ++i)
    if (context->location_files[i].data == file.data && context->location_files[i].size == file.size) return i;
  return number_file(context, file);
}

static COCO_NO_INLINE const coco_location *unpacked_file(coco_context *context, coco_string file, int64_t line,
                                                         int64_t column) {
  return handle_of(coco_unique_attribute(
      context, &(coco_attribute){.kind = COCO_LOCATION_FILE, .text = file, .line = line, .column = column}));
}

const coco_location *coco_location_file(coco_context *context, coco_string file, int64_t line, int64_t column) {
  if (sizeof(uintptr_t) < sizeof(uint64_t) || line < 0 || line > UINT32_MAX || column < 0 || column >= 1 << 23)
    return unpacked_file(context, file, line, column);
  coco_context_enter(context);
  size_t number = file_number(context, file);
  coco_context_leave(context);
  if (number == COCO_LOCATION_FILES) return unpacked_file(context, file, line, column);
  if (number > COCO_LOCATION_FILES) return NULL;
  uint64_t packed = (uint64_t)line << LINE_SHIFT | (uint64_t)column << COLUMN_SHIFT | number << FILE_SHIFT | 1;
  return (const coco_location *)(uintptr_t)packed;
}

/* ---- Handles and attributes ---- */

const coco_attribute *coco_location_read(const coco_context *context, const coco_location *location,
                                         coco_attribute *storage) {
  if (!is_packed(location)) return attribute_behind(location);
  *storage = (coco_attribute){.kind = COCO_LOCATION_FILE,
                              .text = context->location_files[packed_file(location)],
                              .line = packed_line(location),
                              .column = packed_column(location)};
  return storage;
}

const coco_attribute *coco_location_attribute(coco_context *context, const coco_location *location) {
  coco_attribute storage;
  const coco_attribute *read = coco_location_read(context, location, &storage);
  return read == &storage ? coco_unique_attribute(context, read) : read;
}

const coco_location *coco_location_from_attribute(coco_context *context, const coco_attribute *attribute) {
  if (attribute->kind != COCO_LOCATION_FILE) return handle_of(attribute);
  return coco_location_file(context, attribute->text, attribute->line, attribute->column);
}

/* ---- Locations of locations ---- */

const coco_location *coco_location_unknown(coco_context *context) {
  if (context->unknown_location) return context->unknown_location;
  return handle_of(coco_unique_attribute(context, &(coco_attribute){.kind = COCO_LOCATION_UNKNOWN}));
}

const coco_location *coco_location_name(coco_context *context, coco_string name, const coco_location *child) {
  const coco_attribute *inner = child ? coco_location_attribute(context, child) : NULL;
  if (child && !inner) return NULL;
  return handle_of(
      coco_unique_attribute(context, &(coco_attribute){.kind = COCO_LOCATION_NAME, .text = name, .child = inner}));
}

const coco_location *coco_location_call_site(coco_context *context, const coco_location *callee,
                                             const coco_location *caller) {
  const coco_attribute *inner = coco_location_attribute(context, callee),
                       *outer = coco_location_attribute(context, caller);
  if (!inner || !outer) return NULL;
  return handle_of(coco_unique_attribute(
      context, &(coco_attribute){.kind = COCO_LOCATION_CALL_SITE, .child = inner, .caller = outer}));
}

static bool contains(const coco_attribute *const *locations, size_t count, const coco_attribute *location) {
  for (size_t i = 0; i < count; ++i)
    if (locations[i] == location) return true;
  return false;
}

/* The COUNT locations without unknown ones and repetitions, those of inner ones with the same METADATA in their place;
 * KEPT has room for SPACE of them. Returns how many there are, which may be more. */
static size_t flatten(const coco_attribute *const *locations, size_t count, const coco_attribute *metadata,
                      const coco_attribute **kept, size_t space) {
  size_t used = 0;
  for (size_t i = 0; i < count; ++i) {
    bool is_inner = locations[i]->kind == COCO_LOCATION_FUSED && locations[i]->child == metadata;
    const coco_attribute *const *from = is_inner ? locations[i]->elements : &locations[i];
    for (size_t k = 0; k < (is_inner ? locations[i]->count : 1); ++k) {
      if (from[k]->kind == COCO_LOCATION_UNKNOWN || contains(kept, used < space ? used : space, from[k])) continue;
      if (used < space) kept[used] = from[k];
      ++used;
    }
  }
  return used;
}

static const coco_location *fuse(coco_context *context, const coco_attribute *const *locations, size_t count,
                                 const coco_attribute *metadata) {
  enum { FEW = 32 };
  const coco_attribute *kept[FEW];
  size_t used = flatten(locations, count, metadata, kept, FEW);
  if (used <= FEW) {
    if (!metadata && used == 0) return coco_location_unknown(context);
    if (!metadata && used == 1) return coco_location_from_attribute(context, kept[0]);
    if (used == 0) kept[used++] = attribute_behind(context->unknown_location);
    locations = kept, count = used;
  }
  return handle_of(coco_unique_attribute(
      context,
      &(coco_attribute){.kind = COCO_LOCATION_FUSED, .elements = locations, .count = count, .child = metadata}));
}

const coco_location *coco_location_fused(coco_context *context, const coco_location *const *locations, size_t count,
                                         const coco_attribute *metadata) {
  const coco_attribute **parts = coco_allocate(&context->allocator, count * sizeof *parts);
  if (!parts) return NULL;
  const coco_location *made = NULL;
  bool complete = true;
  for (size_t i = 0; i < count; ++i) {
    parts[i] = coco_location_attribute(context, locations[i]);
    complete = complete && parts[i];
  }
  if (complete) made = fuse(context, parts, count, metadata);
  coco_free(&context->allocator, parts, count * sizeof *parts);
  return made;
}

/* ---- Reading ---- */

coco_attribute_kind coco_location_kind(const coco_location *location) {
  return is_packed(location) ? COCO_LOCATION_FILE : attribute_behind(location)->kind;
}

/* The first location inside LOCATION, itself included, that is of KIND; fused ones are searched in order. Depth is
 * limited. */
static const coco_attribute *find_inside(const coco_attribute *location, coco_attribute_kind kind, unsigned depth) {
  if (!location || depth > 64) return NULL;
  if (location->kind == kind) return location;
  if (location->kind == COCO_LOCATION_NAME) return find_inside(location->child, kind, depth + 1);
  if (location->kind == COCO_LOCATION_CALL_SITE) {
    const coco_attribute *found = find_inside(location->child, kind, depth + 1);
    return found ? found : find_inside(location->caller, kind, depth + 1);
  }
  for (size_t i = 0; location->kind == COCO_LOCATION_FUSED && i < location->count; ++i) {
    const coco_attribute *found = find_inside(location->elements[i], kind, depth + 1);
    if (found) return found;
  }
  return NULL;
}

coco_string coco_location_layer(const coco_location *location) {
  const coco_attribute *name =
      location && !is_packed(location) ? find_inside(attribute_behind(location), COCO_LOCATION_NAME, 0) : NULL;
  return name ? name->text : (coco_string){"", 0};
}

bool coco_location_find_file(const coco_context *context, const coco_location *location, coco_file_place *out) {
  coco_attribute storage;
  *out = (coco_file_place){.file = {"", 0}};
  if (!location) return false;
  const coco_attribute *found = find_inside(coco_location_read(context, location, &storage), COCO_LOCATION_FILE, 0);
  if (found) *out = (coco_file_place){found->text, found->line, found->column};
  return found != NULL;
}
