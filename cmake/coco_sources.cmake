# coco_sources(OUT folder...): the C files directly in each folder (a folder may end in /*).
function(coco_sources out)
  set(found "")
  foreach(folder IN LISTS ARGN)
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.c)
    list(APPEND found ${files})
  endforeach()
  list(REMOVE_DUPLICATES found)
  set(${out} ${found} PARENT_SCOPE)
endfunction()

# coco_protocols(OUT file.proto...): C sources made by protoc-c, in the build tree under the file's own folder.
function(coco_protocols out)
  set(made "")
  find_program(COCO_PROTOC_C NAMES protoc-c REQUIRED)
  foreach(file IN LISTS ARGN)
    file(RELATIVE_PATH relative ${CMAKE_CURRENT_SOURCE_DIR} ${file})
    string(REGEX REPLACE "\\.proto$" ".pb-c" base ${relative})
    add_custom_command(
      OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${base}.c ${CMAKE_CURRENT_BINARY_DIR}/${base}.h
      COMMAND ${COCO_PROTOC_C} --c_out=${CMAKE_CURRENT_BINARY_DIR} -I${CMAKE_CURRENT_SOURCE_DIR} ${file}
      DEPENDS ${file})
    list(APPEND made ${CMAKE_CURRENT_BINARY_DIR}/${base}.c)
  endforeach()
  # Made by another tool: its warnings are not ours to fix.
  set_source_files_properties(${made} PROPERTIES COMPILE_OPTIONS -w)
  set(${out} ${made} PARENT_SCOPE)
endfunction()
