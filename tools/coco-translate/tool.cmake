# --emit-llvm is there when code generation is built.
if(TARGET coco-codegen)
  target_compile_definitions(coco-translate PRIVATE COCO_HAS_CODEGEN)
  target_link_libraries(coco-translate PRIVATE coco-codegen)
endif()
