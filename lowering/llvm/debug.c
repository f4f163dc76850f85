/* Debug information that leads from an instruction back to the layer.
 *
 * Each function is a subprogram with the name of its layer; lines are those of the model file (for an ONNX
 * model, the index of the node). A profiler or debugger thus speaks of layers. */
#include "lowering/llvm/translate.h"

static LLVMMetadataRef file_named(coco_translator *translator, coco_string name) {
  LLVMMetadataRef file = coco_string_map_get(&translator->debug_files, name);
  if (file) return file;
  file = LLVMDIBuilderCreateFile(translator->debug, name.data, name.size, "", 0);
  if (coco_string_map_set(&translator->debug_files, name, file) != COCO_OK) return translator->debug_file;
  return file;
}

coco_status coco_debug_begin(coco_translator *translator) {
  static const char producer[] = "coco";
  translator->debug = LLVMCreateDIBuilder(translator->module);
  translator->debug_files.allocator = translator->allocator;
  const coco_operation *module = translator->request->variants[0].module;
  coco_file_place place;
  bool has_file = coco_location_find_file(module->context, module->location, &place);
  coco_string name = has_file ? place.file : translator->request->name;
  translator->debug_file = LLVMDIBuilderCreateFile(translator->debug, name.data, name.size, "", 0);
  LLVMDIBuilderCreateCompileUnit(translator->debug, LLVMDWARFSourceLanguageC99, translator->debug_file, producer,
                                 sizeof producer - 1, translator->request->optimize, "", 0, 0, "", 0,
                                 LLVMDWARFEmissionFull, 0, 0, 0, "", 0, "", 0);
  translator->debug_type =
      LLVMDIBuilderCreateSubroutineType(translator->debug, translator->debug_file, NULL, 0, LLVMDIFlagZero);
  LLVMTypeRef number = LLVMInt32TypeInContext(translator->llvm);
  static const struct {
    const char *name;
    size_t size;
    unsigned value;
  } flags[] = {{"Debug Info Version", 18, 3}, {"Dwarf Version", 13, 5}};
  for (size_t i = 0; i < sizeof flags / sizeof *flags; ++i)
    LLVMAddModuleFlag(translator->module, LLVMModuleFlagBehaviorWarning, flags[i].name, flags[i].size,
                      LLVMValueAsMetadata(LLVMConstInt(number, flags[i].value, 0)));
  return COCO_OK;
}

void coco_debug_end(coco_translator *translator) {
  LLVMDIBuilderFinalize(translator->debug);
  LLVMDisposeDIBuilder(translator->debug);
  coco_string_map_free(&translator->debug_files);
}

static bool find_file(const coco_translator *translator, const coco_location *location, coco_file_place *out) {
  return coco_location_find_file(translator->request->variants[0].module->context, location, out);
}

void coco_debug_function(coco_translator *translator, LLVMValueRef function, coco_string name,
                         const coco_location *location) {
  coco_file_place place;
  bool has_file = find_file(translator, location, &place);
  coco_string layer = coco_location_layer(location);
  if (!layer.size) layer = name;
  LLVMMetadataRef file = has_file ? file_named(translator, place.file) : translator->debug_file;
  unsigned line = place.line > 0 ? (unsigned)place.line : 0;
  size_t linkage_size;
  const char *linkage = LLVMGetValueName2(function, &linkage_size);
  LLVMDIFlags flags = LLVMDIFlagZero;
  translator->scope =
      LLVMDIBuilderCreateFunction(translator->debug, file, layer.data, layer.size, linkage, linkage_size, file, line,
                                  translator->debug_type, 1, 1, line, flags, translator->request->optimize);
  translator->scope_location = location;
  translator->layer = layer;
  LLVMSetSubprogram(function, translator->scope);
  coco_debug_location(translator, location);
}

void coco_debug_location(coco_translator *translator, const coco_location *location) {
  if (!translator->scope) return;
  coco_file_place place;
  bool has_file = find_file(translator, location, &place) || find_file(translator, translator->scope_location, &place);
  unsigned line = place.line > 0 ? (unsigned)place.line : 0, column = place.column > 0 ? (unsigned)place.column : 0;
  LLVMMetadataRef scope = translator->scope, file = has_file ? file_named(translator, place.file) : NULL;
  if (file && file != LLVMDIScopeGetFile(scope))
    scope = LLVMDIBuilderCreateLexicalBlockFile(translator->debug, scope, file, 0);
  LLVMSetCurrentDebugLocation2(translator->builder,
                               LLVMDIBuilderCreateDebugLocation(translator->llvm, line, column, scope, NULL));
}

void coco_debug_clear(coco_translator *translator) {
  translator->scope = NULL;
  translator->scope_location = NULL;
  translator->layer = (coco_string){0};
  LLVMSetCurrentDebugLocation2(translator->builder, NULL);
}
